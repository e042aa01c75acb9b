"""What a phone loads at once comes as one file each: its modules, its styles. A hall's Wi-Fi pays for every
answer, and small files compress badly. Put together when the server starts; there is nothing to build."""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import (?:\{ ?([^}]*?) ?\} from )?"\./([\w-]+\.js)";.*\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)
_LATE = re.compile(r'\bimport\("\./([\w-]+\.js)"\)')
_JS_COMMENT = re.compile(
    r"^\s*//.*\n|^\s*/\*\*(?s:.*?)\*/\n|\s//\s[^\"'`\n]*$|^[ \t]+", re.MULTILINE
)
_CSS_COMMENT = re.compile(r"/\*(?s:.*?)\*/|^\s+", re.MULTILINE)


def phone_files(static: Path) -> dict[str, bytes]:
    """The attendee's script and style, by their names within `static`."""
    scripts = bundle(static / "js", "phone.js", pages=("notes-page.js",))
    style = joined_styles(static / "css" / "base.css", static / "css" / "phone.css")
    # a text that jumps when its letters arrive is worse than another typeface on the very first page
    style = style.replace(b"font-display: swap", b"font-display: optional")
    return {f"js/{name}": script for name, script in scripts.items()} | {"css/attendee.css": style}


def bundle(folder: Path, entry: str, pages: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Name → content of `entry` with all the modules it imports in it, and of the modules that come later:
    those it imports when they are needed, and those `pages` load beside it. They import from `entry` what is
    in it, so that no module runs twice. Names are those within `folder`; what comes later lies below the
    entry's name, "phone/similar.js", since other pages load the module itself.

    Each module becomes a function that returns what it exports, so that names of different modules never
    meet. ValueError for a circle, for `export let` and `export default`, and where two export one name.
    """
    order: list[str] = []
    _collect(folder, entry, order, ())
    bodies = [
        _LATE.sub(rf'import("./{Path(entry).stem}/\1")', _module(folder, name, _Place(order)))
        for name in order
    ]
    exported = [export for name in order for export in exports_of(folder / name)]
    if len(exported) != len(set(exported)):
        raise ValueError(f"two modules export one name: {sorted(exported)}")
    taken = "".join(
        f"export const {{ {', '.join(exports)} }} = {_Place(order)[name]};\n"
        for name in order
        if (exports := exports_of(folder / name))
    )
    late = {name for each in order for name in _LATE.findall((folder / each).read_text("utf-8"))}
    files = {entry: ("".join(bodies) + taken).encode()}
    for name in sorted(late | set(pages)):
        text = (folder / name).read_text("utf-8")
        text = _IMPORT.sub(lambda found: _from(entry, order, found), text)
        files[f"{Path(entry).stem}/{name}"] = lean(text).encode()
    return files


def lean(script: str) -> str:
    """Without comments and indentation. Strings are never touched: a comment with a quote in it stays."""
    return _JS_COMMENT.sub("", script)


def joined_styles(*files: Path) -> bytes:
    return "".join(_CSS_COMMENT.sub("", file.read_text("utf-8")) for file in files).encode()


def imports_of(file: Path) -> list[str]:
    return [name for _, name in _IMPORT.findall(file.read_text("utf-8"))]


def exports_of(file: Path) -> list[str]:
    return [name for _, name in _EXPORT.findall(file.read_text("utf-8"))]


class _Place(dict[str, str]):
    """Module → the variable that holds what it exports."""

    def __init__(self, order: list[str]) -> None:
        super().__init__({name: f"m{place}" for place, name in enumerate(order)})


def _collect(folder: Path, name: str, order: list[str], above: tuple[str, ...]) -> None:
    """Each module after those it imports."""
    if name in above:
        raise ValueError(f"modules import each other: {' → '.join((*above, name))}")
    if name in order:
        return
    for needed in imports_of(folder / name):
        _collect(folder, needed, order, (*above, name))
    order.append(name)


def _module(folder: Path, name: str, place: _Place) -> str:
    text = (folder / name).read_text("utf-8")
    exports = exports_of(folder / name)
    text = _IMPORT.sub(
        lambda found: (
            f"const {{ {found[1].replace(' as ', ': ')} }} = {place[found[2]]};\n"
            if found[1]
            else ""
        ),
        text,
    )
    text = _EXPORT.sub(r"\1 \2", text)
    if re.search(r"^(?:export|import)\b[^(]", text, re.MULTILINE):
        raise ValueError(f"{name} exports or imports in a way that can't be bundled")
    returned = f"return {{ {', '.join(exports)} }};\n" if exports else ""
    return f"const {place[name]} = (() => {{\n{lean(text)}{returned}}})();\n"


def _from(entry: str, order: list[str], found: re.Match[str]) -> str:
    names, module = found.groups()
    if module not in order:
        return found.group().replace('"./', '"../')
    return f'import {{ {names} }} from "../{entry}";\n' if names else ""
