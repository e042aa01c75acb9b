"""The list of files that take long: how what they show is read, and who makes them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.errors import Unknown
from app.planning.models import Event
from app.planning.typesetting import Press
from app.results.documentation.labels import Translate
from app.results.files import RESULT_FILES
from app.results.report import read_report
from app.results.reported.photos import Pictures, read_pictures
from app.results.series_files import JOINT_FILES, read_joint

Of = int | tuple[int, ...]
"""An event, or all events of a series that are no rehearsals: with one more or less, it is another file."""


@dataclass(frozen=True)
class Material:
    """What a file is made of. `told` is a report, or a joint one; `locale` is its language."""

    told: Any
    pictures: Pictures
    version: int
    locale: str


@dataclass(frozen=True)
class LongFile:
    """`read` raises Unknown when there is no such event any more."""

    read: Callable[[Session, Any], Material]
    pressed: Callable[[Press, Any, Translate, Pictures], Awaitable[bytes]]


def _read_event(session: Session, event_id: int) -> Material:
    event = session.get(Event, event_id)
    if event is None:
        raise Unknown
    report = read_report(session, event)
    return Material(report, read_pictures(session, event), event.version, report.event.locale)


def _read_series(session: Session, event_ids: tuple[int, ...]) -> Material:
    joint, pictures = read_joint(session, event_ids)
    return Material(joint, pictures, joint.comparison.version, joint.comparison.locale)


LONG_FILES: dict[str, LongFile] = {
    name: LongFile(_read_event, file.pressed)
    for name, file in RESULT_FILES.items()
    if file.pressed is not None
} | {name: LongFile(_read_series, file.pressed) for name, file in JOINT_FILES.items()}
