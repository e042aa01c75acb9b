"""What importing a plan would change, told before anybody decides; and whether it still would."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlmodel import Session, col, select

from app.planning.models import Event, Island, Offer, Series
from app.planning.plan import Plan
from app.planning.plan_data import Data, data_of, series_data, stored_data

State = Literal["new", "changed", "retired", "returned"]
DotsOf = Callable[[Session, int], Mapping[str, int]]
"""(session, event id) → offer key → dots it has. Dots are no matter of plans: it is handed in."""


@dataclass(frozen=True)
class Difference:
    """One value: of `field` in `part` ("series", "event", "islands", "offers"); "" where there is none."""

    part: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ItemChange:
    """An island, or an offer of the island with that number. `dots` are kept whatever its state."""

    state: State
    number: int
    title: str
    key: str = ""
    differences: tuple[Difference, ...] = ()
    dots: int = 0


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
    of_series = _differences("series", series_before, after["series"]) if series_before else ()
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
        event=_differences("event", before["event"], after["event"]),
        islands=tuple(_islands(before, after, retired)),
        offers=tuple(_offers(before, after, retired, dots)),
        is_reordered=_order(before, after) != _order(after, before),
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
    stored = [stored_data(session, event), sorted(map(str, _retired(session, event.id)))]
    text = json.dumps(stored, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _islands(before: Data, after: Data, retired: set[int | str]) -> Iterable[ItemChange]:
    known = {island["number"]: island for island in before["islands"]}
    for island in after["islands"]:
        number, title = island["number"], island["title"]
        if number not in known:
            yield ItemChange("returned" if number in retired else "new", number, title)
        elif found := _differences("islands", _named(known[number]), _named(island)):
            yield ItemChange("changed", number, title, differences=found)
    planned = {island["number"] for island in after["islands"]}
    for number, island in known.items():
        if number not in planned:
            yield ItemChange("retired", number, island["title"])


def _offers(
    before: Data, after: Data, retired: set[int | str], dots: Mapping[str, int]
) -> Iterable[ItemChange]:
    known, planned = _by_key(before), _by_key(after)
    for key, offer in planned.items():
        about = (offer["island"], offer["title"], key)
        if key not in known:
            state: State = "returned" if key in retired else "new"
            yield ItemChange(state, *about, dots=dots.get(key, 0))
        elif found := _differences("offers", known[key], offer):
            yield ItemChange("changed", *about, differences=found, dots=dots.get(key, 0))
    for key, offer in known.items():
        if key not in planned:
            about = (offer["island"], offer["title"], key)
            yield ItemChange("retired", *about, dots=dots.get(key, 0))


def _by_key(data: Data) -> dict[str, Data]:
    return {
        offer["key"]: offer | {"island": island["number"]}
        for island in data["islands"]
        for offer in island["offers"]
    }


def _named(island: Data) -> Data:
    """Without its offers, its contacts in a line each."""
    contacts = [
        " · ".join(str(value) for value in contact.values()) for contact in island["contacts"]
    ]
    return {**island, "contacts": "\n".join(contacts), "offers": ""}


def _order(data: Data, other: Data) -> list[object]:
    """Islands and offers that are in both, in their order."""
    numbers = {island["number"] for island in other["islands"]}
    keys = _by_key(other)
    islands: list[object] = [
        island["number"] for island in data["islands"] if island["number"] in numbers
    ]
    return islands + [key for key in _by_key(data) if key in keys]


def _differences(part: str, before: Data, after: Data) -> tuple[Difference, ...]:
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        Difference(part, name, _shown(before.get(name, "")), _shown(after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def _shown(value: Any) -> Any:
    """Dates of a series in a line each."""
    if not isinstance(value, list):
        return value
    return "\n".join(f"{day['date']:%d.%m.%Y} {day['district']}" for day in value)


def _retired(session: Session, event_id: int) -> set[int | str]:
    """Numbers of islands and keys of offers that are out of the programme."""
    islands = select(Island.number).where(
        Island.event_id == event_id, col(Island.is_retired).is_(True)
    )
    offers = select(Offer.key).where(Offer.event_id == event_id, col(Offer.is_retired).is_(True))
    return {*session.exec(islands), *session.exec(offers)}
