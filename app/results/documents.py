"""The files that Typst sets or that take long: made here and now, or by a child process."""

import asyncio
from collections.abc import Awaitable, Callable

from app.planning.typesetting import Press
from app.results import as_cloud, as_pdf
from app.results.documentation.event import documentation
from app.results.documentation.labels import Translate
from app.results.docx import event as event_docx
from app.results.report import Report
from app.results.reported.photos import Pictures

Pressed = Callable[[Press, Report, Translate, Pictures], Awaitable[bytes]]


def documentation_pdf(report: Report, _: Translate, pictures: Pictures) -> bytes:
    """A tagged PDF (PDF/UA-1), the same bytes for the same report; dated by the event's last change."""
    return as_pdf.as_pdf(documentation(report, _), pictures)


async def pressed_pdf(press: Press, report: Report, _: Translate, pictures: Pictures) -> bytes:
    """The same, made by a child process while the loop goes on."""
    content = await asyncio.to_thread(documentation, report, _)
    return await press.made(as_pdf.__name__, "", content, pictures)


def documentation_docx(report: Report, _: Translate, pictures: Pictures) -> bytes:
    """The same content to go on writing in."""
    return event_docx.as_docx(documentation(report, _), pictures)


async def pressed_docx(press: Press, report: Report, _: Translate, pictures: Pictures) -> bytes:
    content = await asyncio.to_thread(documentation, report, _)
    return await press.made(event_docx.__name__, "", content, pictures)


def cloud_svg(report: Report, _: Translate, _pictures: Pictures) -> bytes:
    """Outlines with a title and a description."""
    return as_cloud.as_svg(documentation(report, _))


async def pressed_svg(press: Press, report: Report, _: Translate, _pictures: Pictures) -> bytes:
    content = await asyncio.to_thread(documentation, report, _)
    return await press.made(as_cloud.__name__, "svg", content, {})


def cloud_png(report: Report, _: Translate, _pictures: Pictures) -> bytes:
    """3200 x 1800 pixels."""
    return as_cloud.as_png(documentation(report, _))


async def pressed_png(press: Press, report: Report, _: Translate, _pictures: Pictures) -> bytes:
    content = await asyncio.to_thread(documentation, report, _)
    return await press.made(as_cloud.__name__, "png", content, {})
