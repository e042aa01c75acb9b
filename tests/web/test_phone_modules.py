"""The phone's modules come as one file, each once; those that come later share them."""

import re
from pathlib import Path

import pytest

from app.web.bundles import bundle, exports_of, imports_of, lean
from tests.feedback.test_phone_icons import ROOT
from tests.running import Server

SCRIPT = re.compile(r'(?:src|href)="/static/\w+/js/([a-z-]+)\.js"')


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder


def test_a_phone_s_page_names_one_script(hall: Server) -> None:
    page = hall.client().get(f"/e/{hall.code}/5").text

    assert SCRIPT.findall(page) == ["phone"]


def test_every_module_is_in_it_once_and_nothing_is_imported_any_more() -> None:
    files = bundle(ROOT / "static" / "js", "phone.js", pages=("notes-page.js",))

    whole = files["phone.js"].decode()
    assert re.findall(r"^import\b[^(].*", whole, re.MULTILINE) == []
    assert whole.count("class Connection ") == 1
    assert files.keys() == {
        "phone.js",
        "phone/notes-page.js",
        "phone/offline.js",
        "phone/rounds.js",
        "phone/similar.js",
        "phone/undelivered.js",
    }
    later = b"".join(text for name, text in files.items() if name != "phone.js").decode()
    assert set(re.findall(r'from "(.*)"', later)) == {"../phone.js"}, "else one would run twice"
    assert set(re.findall(r'import\("\./(.*?)/', whole)) == {"phone"}, "the tablet has its own"


def test_names_of_different_modules_never_meet(tmp_path: Path) -> None:
    write(
        tmp_path,
        one='const KEY = "1";\nexport const one = () => KEY;\n',
        two='import { one } from "./one.js";\n// why\nconst KEY = "2";\n'
        "export function two() { return KEY + one(); }\n",
        entry='import { two } from "./two.js";\nimport "./one.js";\nimport("./late.js");\ntwo();\n',
        late='import { one } from "./one.js";\none();\n',
    )

    assert bundle(tmp_path, "entry.js") == {
        "entry.js": b'const m0 = (() => {\nconst KEY = "1";\nconst one = () => KEY;\nreturn { one };\n})();\n'
        b"const m1 = (() => {\nconst { one } = m0;\n"
        b'const KEY = "2";\nfunction two() { return KEY + one(); }\nreturn { two };\n})();\n'
        b'const m2 = (() => {\nconst { two } = m1;\nimport("./entry/late.js");\ntwo();\n})();\n'
        b"export const { one } = m0;\nexport const { two } = m1;\n",
        "entry/late.js": b'import { one } from "../entry.js";\none();\n',
    }


@pytest.mark.parametrize(
    ("modules", "why"),
    [
        ({"entry": 'import "./one.js";\n', "one": 'import "./entry.js";\n'}, "each other"),
        ({"entry": "export let changing = 1;\n"}, "can't be bundled"),
        ({"entry": "export default 1;\n"}, "can't be bundled"),
        (
            {
                "entry": 'import "./one.js";\nexport const same = 1;\n',
                "one": "export const same = 2;\n",
            },
            "one name",
        ),
    ],
)
def test_what_can_not_be_put_together_stops_the_start(
    tmp_path: Path, modules: dict[str, str], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        bundle(write(tmp_path, **modules), "entry.js")


def test_strings_with_slashes_stay_and_comments_go() -> None:
    script = (
        '  const a = "http://x"; // why\n// all of it\nconst b = "a // b";\n'
        '/** Told. */\n  run(); // "a"\n'
    )

    assert lean(script) == 'const a = "http://x";\nconst b = "a // b";\nrun(); // "a"\n'


def test_no_module_of_the_phone_has_a_text_over_several_lines() -> None:
    """Its indentation would be lost."""
    folder = ROOT / "static" / "js"
    modules, queue = set[str](), ["phone.js", "notes-page.js", "offline.js", "similar.js"]
    while queue:
        name = queue.pop()
        modules.add(name)
        queue += [each for each in imports_of(folder / name) if each not in modules]

    assert len(modules) > 15
    odd = [
        (name, line)
        for name in modules
        for line in (folder / name).read_text("utf-8").splitlines()
        if line.count("`") % 2 and not line.lstrip().startswith("//")
    ]
    assert odd == []
    assert exports_of(folder / "sending.js") == ["announce", "nextSequence", "reached"]


def test_the_worker_may_talk_to_us_alone(hall: Server) -> None:
    answer = hall.client().get("/worker.js?1234567890")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-security-policy"] == "default-src 'none'; connect-src 'self'"
    assert answer.headers["cache-control"] == "no-cache"
