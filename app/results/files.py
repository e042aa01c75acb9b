"""The one list of result files: the planners' page, the command line and the archive all go by it."""

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.planning.typesetting import Press
from app.results.archive.archive import archived
from app.results.as_csv import cards_csv, dots_csv, words_csv
from app.results.as_json import results_json
from app.results.as_moderation_csv import ModerationRecord, moderation_csv
from app.results.documentation.labels import Translate
from app.results.documents import (
    Pressed,
    cloud_png,
    cloud_svg,
    documentation_docx,
    documentation_pdf,
    pressed_docx,
    pressed_pdf,
    pressed_png,
    pressed_svg,
)
from app.results.report import Report
from app.results.reported.photos import Pictures
from app.results.xlsx.event import results_xlsx


@dataclass(frozen=True)
class Renderer:
    """`render(report, _, pictures)` gives a file's bytes, the same for the same report, whoever asks.
    `_` translates from German into the language of the event. `pressed` gives the same bytes on the
    server, which takes its time (see `making`); None for what is made while the sender waits."""

    media_type: str
    render: Callable[[Report, Translate, Pictures], bytes]
    pressed: Pressed[Report] | None = None

    @property
    def is_long(self) -> bool:
        return self.pressed is not None


CSV = "text/csv; charset=utf-8"

_SINGLE_FILES: dict[str, Renderer] = {
    "results.json": Renderer("application/json", lambda report, *_: results_json(report)),
    "dots.csv": Renderer(CSV, lambda report, *_: dots_csv(report)),
    "cards.csv": Renderer(CSV, lambda report, *_: cards_csv(report)),
    "words.csv": Renderer(CSV, lambda report, *_: words_csv(report)),
    "results.xlsx": Renderer(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda report, _, _pictures: results_xlsx(report, _),
    ),
    "documentation.pdf": Renderer("application/pdf", documentation_pdf, pressed_pdf),
    "documentation.docx": Renderer(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        documentation_docx,
        pressed_docx,
    ),
    "cloud.svg": Renderer("image/svg+xml", cloud_svg, pressed_svg),
    "cloud.png": Renderer("image/png", cloud_png, pressed_png),
}
ARCHIVE = "archive.zip"
MODERATION = "moderation.csv"  # for planners only: on their page and in an export, in no archive


def _archive(report: Report, _: Translate, pictures: Pictures) -> bytes:
    return dict(_contents(report, _, pictures))[ARCHIVE]


async def _pressed_archive(press: Press, report: Report, _: Translate, pictures: Pictures) -> bytes:
    files = {
        name: await file.pressed(press, report, _, pictures)
        if file.pressed
        else await asyncio.to_thread(file.render, report, _, pictures)
        for name, file in _SINGLE_FILES.items()
    }
    return await asyncio.to_thread(archived, report, _, pictures, files)


RESULT_FILES = _SINGLE_FILES | {ARCHIVE: Renderer("application/zip", _archive, _pressed_archive)}


def addresses_of_files() -> dict[str, str]:
    """File name → where a planner's page leads for it, below the event: for a long one to its progress."""
    addresses = {
        name: f"{name}/making" if file.is_long else name for name, file in RESULT_FILES.items()
    }
    return addresses | {MODERATION: MODERATION}


def write_all(
    report: Report,
    folder: Path,
    _: Translate,
    pictures: Pictures,
    moderation: ModerationRecord | None = None,
) -> list[Path]:
    """Writes every result file, replacing older ones; makes the folder if need be.

    All files are complete before the first one takes its name: after an OSError (disk full, no
    permission) the older ones are as they were and no part of a new one is left.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".unfinished-") as unfinished:
        names = []
        for name, content in _contents(report, _, pictures, moderation):
            with Path(unfinished, name).open("wb") as draft:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
            names.append(name)
        return [Path(unfinished, name).replace(folder / name) for name in names]


def _contents(
    report: Report,
    _: Translate,
    pictures: Pictures,
    moderation: ModerationRecord | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Each made once: the archive has the very bytes of the others."""
    files: dict[str, bytes] = {}
    for name, file in _SINGLE_FILES.items():
        files[name] = file.render(report, _, pictures)
        yield name, files[name]
    yield ARCHIVE, archived(report, _, pictures, files)
    if moderation is not None:
        yield MODERATION, moderation_csv(moderation)
