"""The documentation to print and to publish: a tagged PDF (PDF/UA-1) in the language of the event."""

import asyncio

from app.planning.typesetting import Press, typeset
from app.results.documentation import documentation
from app.results.documentation_words import Translate
from app.results.report import Report
from app.results.reported_photos import Pictures

TEMPLATE = "results/documentation.typ"


def documentation_pdf(report: Report, _: Translate, pictures: Pictures) -> bytes:
    """The same bytes for the same report; dated by the event's last change."""
    return typeset(TEMPLATE, documentation(report, _), pictures)


async def pressed_pdf(press: Press, report: Report, _: Translate, pictures: Pictures) -> bytes:
    """The same, made by a child process while the loop goes on."""
    content = await asyncio.to_thread(documentation, report, _)
    return await press.pdf(TEMPLATE, content, pictures)
