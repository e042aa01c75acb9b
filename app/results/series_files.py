"""All events of a series in one documentation: what it is made of, and the files it comes as."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlmodel import Session

from app.errors import Unknown
from app.planning.models import Event
from app.results import as_pdf
from app.results.compared.values import Comparison
from app.results.comparison import read_comparison
from app.results.documentation.labels import Translate
from app.results.documentation.series import series_documentation
from app.results.documents import Pressed, pressed
from app.results.docx import as_docx
from app.results.report import Report, read_report
from app.results.reported.photos import LOGO, Pictures, ReportedPhoto, read_pictures


@dataclass(frozen=True)
class Joint:
    """`reports` in the order of the comparison's events, all in its language, photos under names of their
    own."""

    comparison: Comparison
    reports: tuple[Report, ...]


class JointFile(NamedTuple):
    media_type: str
    pressed: Pressed[Joint]


def read_joint(session: Session, event_ids: tuple[int, ...]) -> tuple[Joint, Pictures]:
    """Raises Unknown when these are not all events of a series any more."""
    first = session.get(Event, event_ids[0]) if event_ids else None
    if first is None:
        raise Unknown
    comparison = read_comparison(session, first.series_id)
    if tuple(event.id for event in comparison.events) != event_ids:
        raise Unknown
    reports: list[Report] = []
    pictures: Pictures = {}
    for id in event_ids:
        event = session.get_one(Event, id)
        reports.append(_renamed(read_report(session, event), id, comparison.locale))
        for name, content in read_pictures(session, event).items():
            pictures[name if name == LOGO else _name(id, name)] = content
    return Joint(comparison, tuple(reports)), pictures


def joint_documentation(joint: Joint, _: Translate) -> dict[str, Any]:
    return series_documentation(joint.comparison, joint.reports, _)


def _name(event_id: int, photo_id: str) -> str:
    return f"{event_id}-{photo_id}"


def _renamed(report: Report, event_id: int, locale: str) -> Report:
    def renamed(photos: tuple[ReportedPhoto, ...]) -> tuple[ReportedPhoto, ...]:
        return tuple(replace(photo, id=_name(event_id, photo.id)) for photo in photos)

    return replace(
        report,
        event=replace(report.event, locale=locale),
        islands=tuple(replace(one, photos=renamed(one.photos)) for one in report.islands),
        photos=renamed(report.photos),
    )


JOINT_FILES: dict[str, JointFile] = {
    "series.pdf": JointFile("application/pdf", pressed(joint_documentation, as_pdf, "series")),
    "series.docx": JointFile(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        pressed(joint_documentation, as_docx, "series"),
    ),
}
