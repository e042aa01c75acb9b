"""What a planner does next: before the event, on its day, and after it."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from app.people.notices import missing_fields, read_notices
from app.planning.hosts import host_invitations
from app.planning.models import Event, Logo, Phase, Series
from app.planning.posters.kit import moderators_invitation
from app.planning.queries import is_running, islands_of, offers_of


class Stage(StrEnum):
    before = "before"
    day = "day"
    after = "after"


@dataclass(frozen=True, slots=True)
class Step:
    """`is_done` is None where only people know, as with what was printed. `count` is what the step's
    sentence counts: what is there once it is done, what is missing until then."""

    name: str
    is_done: bool | None = None
    count: int = 0


def today() -> datetime.date:
    """Where the server stands, which is where the hall is."""
    return datetime.datetime.now().astimezone().date()


def stage_of(event: Event, day: datetime.date) -> Stage:
    """A rehearsal, whatever its phase, comes before the day, unless it is the day."""
    if event.phase == Phase.closed and not event.is_rehearsal:
        return Stage.after
    return Stage.day if is_running(event) or event.date == day else Stage.before


def next_steps(session: Session, event: Event, stage: Stage) -> list[Step]:
    """In the order in which they are best taken."""
    if stage == Stage.before:
        return _before(session, event)
    return _on_the_day(event) if stage == Stage.day else _after(event)


def _before(session: Session, event: Event) -> list[Step]:
    islands = islands_of(session, event)
    hosts = host_invitations(session, event)
    uninvited = sum(island.number not in hosts for island in islands)
    series = session.get_one(Series, event.series_id)
    has_look = bool(series.accent) or session.get(Logo, event.series_id) is not None
    missing = len(missing_fields(read_notices(session)))
    steps = [
        Step("plan", bool(islands), len(offers_of(session, event))),
        Step("look", has_look),
        Step("notices", not missing, missing),
        Step("posters"),
        Step("moderator", moderators_invitation(session, event) is not None),
        Step("hosts", not uninvited, uninvited or len(islands)),
    ]
    return [*steps, Step("rehearsal")] if event.is_rehearsal else steps


def _on_the_day(event: Event) -> list[Step]:
    is_open = is_running(event)
    steps = [
        Step("wall"),
        Step("opening", is_open),
        Step("cloud", is_open and event.phase == Phase.cloud),
        Step("closing", is_done=False),
    ]
    return [Step("rehearsal_end", is_done=False), *steps] if event.is_rehearsal else steps


def _after(event: Event) -> list[Step]:
    return [
        Step("deciding", True if event.sealed_at else None),
        Step("photos"),
        Step("groups"),
        Step("facts", event.attendees is not None),
        Step("conclusion", bool(event.conclusion)),
        Step("files"),
        Step("sealing", event.sealed_at is not None),
    ]
