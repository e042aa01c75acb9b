"""What pages and refusals ask the catalogue for; and a made-up language, written from right to left."""

import re
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from app.web.pages import FOR_ATTENDEES

ROOT = Path(__file__).parents[1]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
TRIMMED = {"trim_blocks": "true", "lstrip_blocks": "true"}
NEIGHBOUR = re.compile(r"""{%-? *(?:extends|include|from) +["']([\w/]+\.html)["']""")
REFUSALS = (
    "app/errors.py",
    "app/feedback/*.py",
    "app/planning/queries.py",
    "app/results/routes.py",
    "app/web/*.py",
)
"""Where that stands which an attendee may be refused with."""
KEPT = re.compile(r"(%\(\w+\)[sd]|\{\w+\})")
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyzäöüß", "אבגדהוזחטיכלמנסעפצקרשתםןץאהושש")

Message = str | tuple[str, ...]


def messages_in(files: Iterable[Path]) -> set[Message]:
    found: set[Message] = set()
    for file in files:
        method = "jinja2" if file.suffix == ".html" else "python"
        for _line, message, _comments, _context in extract_from_file(
            method, file, keywords=KEYWORDS, options=TRIMMED
        ):
            if message:
                found.add(message)
    return found


def on_screen() -> set[Message]:
    """All that templates and code ask for."""
    return messages_in([*(ROOT / "app").rglob("*.py"), *(ROOT / "templates").rglob("*.html")])


def for_attendees() -> set[Message]:
    """All that an attendee may come to see: those templates, what they are made of, and refusals."""
    templates = ROOT / "templates"
    waiting = [
        file
        for file in templates.rglob("*.html")
        if str(file.relative_to(templates)).startswith(FOR_ATTENDEES)
    ]
    pages: set[Path] = set()
    while waiting:
        page = waiting.pop()
        pages.add(page)
        neighbours = {templates / name for name in NEIGHBOUR.findall(page.read_text("utf-8"))}
        waiting += neighbours - pages
    return messages_in([*pages, *(file for name in REFUSALS for file in ROOT.glob(name))])


def write_mirrored(folder: Path) -> None:
    """A catalogue `he.po`: every German text in Hebrew letters and a third longer. No Hebrew, but as
    wide, and as easily out of order."""
    catalogue = Catalog(locale="he")
    for message in on_screen():
        if isinstance(message, str):
            catalogue.add(message, mirrored(message))
        else:
            forms = [mirrored(message[0]), *[mirrored(message[1])] * (catalogue.num_plurals - 1)]
            catalogue.add(message, tuple(forms))
    folder.mkdir(parents=True)
    with (folder / "he.po").open("wb") as file:
        write_po(file, catalogue, width=0)


def mirrored(text: str) -> str:
    parts = KEPT.split(text)
    parts[::2] = [part.lower().translate(LETTERS) for part in parts[::2]]
    letters = re.findall(r"[א-ת ]", "".join(parts[::2]).replace("  ", " "))
    return "".join([*parts, *letters[: len(letters) // 3]])
