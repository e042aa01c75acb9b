"""The files that Typst sets or that take long: made here and now, or by a child process."""

import asyncio
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any, TypeVar

from app.planning.typesetting import Press
from app.results import as_cloud, as_pdf
from app.results.documentation.event import documentation
from app.results.documentation.labels import Translate
from app.results.docx import as_docx
from app.results.report import Report
from app.results.reported.photos import Pictures

Told = TypeVar("Told")
"""What a file is made of: a report, or the joint one of a series."""

Pressed = Callable[[Press, Told, Translate, Pictures], Awaitable[bytes]]


def pressed(
    documented: Callable[[Told, Translate], dict[str, Any]],
    module: ModuleType,
    argument: str,
    *,
    is_with_pictures: bool = True,
) -> Pressed[Told]:
    """A file that a child process makes while the loop goes on: `module` is sent the argument, what
    `documented` gives, and the pictures. Saying it takes a thread, too: a series has thousands of numbers."""

    async def made(press: Press, told: Told, _: Translate, pictures: Pictures) -> bytes:
        content = await asyncio.to_thread(documented, told, _)
        sent = pictures if is_with_pictures else {}
        return await press.made(module.__name__, argument, content, sent)

    return made


def documentation_pdf(report: Report, _: Translate, pictures: Pictures) -> bytes:
    """A tagged PDF (PDF/UA-1), the same bytes for the same report; dated by the event's last change."""
    return as_pdf.as_pdf("event", documentation(report, _), pictures)


def documentation_docx(report: Report, _: Translate, pictures: Pictures) -> bytes:
    """The same content to go on writing in."""
    return as_docx.as_docx("event", documentation(report, _), pictures)


def cloud_svg(report: Report, _: Translate, _pictures: Pictures) -> bytes:
    """Outlines with a title and a description."""
    return as_cloud.as_svg(documentation(report, _))


def cloud_png(report: Report, _: Translate, _pictures: Pictures) -> bytes:
    """3200 x 1800 pixels."""
    return as_cloud.as_png(documentation(report, _))


pressed_pdf = pressed(documentation, as_pdf, "event")
pressed_docx = pressed(documentation, as_docx, "event")
pressed_svg = pressed(documentation, as_cloud, "svg", is_with_pictures=False)
pressed_png = pressed(documentation, as_cloud, "png", is_with_pictures=False)
