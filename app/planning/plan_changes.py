"""What importing a plan would change, told before anybody decides; and whether it still would."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from app.planning.models import Event, Island, Offer, Series
from app.planning.plan import Plan
from app.planning.plan_data import data_of, series_data, stored_data
from app.planning.plan_differences import (
    Difference,
    ItemChange,
    changed_islands,
    changed_offers,
    differences,
    is_reordered,
)

DotsOf = Callable[[Session, int], Mapping[str, int]]
"""(session, event id) → offer key → dots it has. Dots are no matter of plans: it is handed in."""


@dataclass(frozen=True)
class PlanChanges:
    """`seen` says what was stored when this was told; "" for an event that is new."""

    key: str
    title: str
    seen: str
    is_new: bool
    series: tuple[Difference, ...] = ()
    event: tuple[Difference, ...] = ()
    islands: tuple[ItemChange, ...] = ()
    offers: tuple[ItemChange, ...] = ()
    is_reordered: bool = False
    dots: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        return not (
            self.is_new
            or self.series
            or self.event
            or self.islands
            or self.offers
            or self.is_reordered
        )

    @property
    def touched(self) -> dict[str, Any]:
        """For the journal: names of fields, numbers of islands and keys of offers, none of their texts."""
        touched = {
            "is_new": self.is_new,
            "series": [each.field for each in self.series],
            "event": [each.field for each in self.event],
            "islands": _by_state(self.islands),
            "offers": _by_state(self.offers),
            "is_reordered": self.is_reordered,
        }
        return {name: value for name, value in touched.items() if value}


def plan_changes(
    session: Session, plan: Plan, dots_of: DotsOf = lambda _session, _event: {}
) -> PlanChanges:
    """What `import_plan` would change now."""
    after = data_of(plan)
    event = session.exec(select(Event).where(Event.key == plan.event.key)).first()
    series = session.exec(select(Series).where(Series.key == plan.series.key)).first()
    series_before = series_data(session, series.id) if series and series.id else None
    of_series = differences("series", series_before, after["series"]) if series_before else ()
    counts = {
        "islands": len(plan.islands),
        "offers": sum(len(island.offers) for island in plan.islands),
        "contacts": sum(len(island.contacts) for island in plan.islands),
    }
    if event is None or event.id is None:
        return PlanChanges(
            plan.event.key, plan.event.title, "", is_new=True, series=of_series, counts=counts
        )
    before = stored_data(session, event)
    dots = dots_of(session, event.id)
    retired = _retired(session, event.id)
    return PlanChanges(
        event.key,
        plan.event.title,
        seen_of(session, event),
        is_new=False,
        series=of_series,
        event=differences("event", before["event"], after["event"]),
        islands=tuple(changed_islands(before, after, retired)),
        offers=tuple(changed_offers(before, after, retired, dots)),
        is_reordered=is_reordered(before, after),
        dots=sum(dots.values()),
        counts=counts,
    )


def _by_state(items: Iterable[ItemChange]) -> dict[str, list[int | str]]:
    found: dict[str, list[int | str]] = {}
    for item in items:
        found.setdefault(item.state, []).append(item.key or item.number)
    return found


def seen_of(session: Session, event: Event) -> str:
    """Stands for the stored plan, with what was retired: whoever changes it in between is noticed,
    while dots and phases, which raise the event's version all the time, are not in anybody's way."""
    assert event.id is not None
    return fingerprint(stored_data(session, event), sorted(map(str, _retired(session, event.id))))


def fingerprint(*stored: Any) -> str:
    """Short, and another one as soon as anything stored is."""
    text = json.dumps(stored, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _retired(session: Session, event_id: int) -> set[int | str]:
    """Numbers of islands and keys of offers that are out of the programme."""
    islands = select(Island.number).where(
        Island.event_id == event_id, col(Island.is_retired).is_(True)
    )
    offers = select(Offer.key).where(Offer.event_id == event_id, col(Offer.is_retired).is_(True))
    return {*session.exec(islands), *session.exec(offers)}
