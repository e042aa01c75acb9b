"""How two plans differ, as data: value by value, island by island, offer by offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.planning.plan_data import Data

State = Literal["new", "changed", "retired", "returned"]


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


def changed_islands(before: Data, after: Data, retired: set[int | str]) -> Iterable[ItemChange]:
    known = {island["number"]: island for island in before["islands"]}
    for island in after["islands"]:
        number, title = island["number"], island["title"]
        if number not in known:
            yield ItemChange("returned" if number in retired else "new", number, title)
        elif found := differences("islands", _named(known[number]), _named(island)):
            yield ItemChange("changed", number, title, differences=found)
    planned = {island["number"] for island in after["islands"]}
    for number, island in known.items():
        if number not in planned:
            yield ItemChange("retired", number, island["title"])


def changed_offers(
    before: Data, after: Data, retired: set[int | str], dots: Mapping[str, int]
) -> Iterable[ItemChange]:
    known, planned = _by_key(before), _by_key(after)
    for key, offer in planned.items():
        about = (offer["island"], offer["title"], key)
        if key not in known:
            state: State = "returned" if key in retired else "new"
            yield ItemChange(state, *about, dots=dots.get(key, 0))
        elif found := differences("offers", known[key], offer):
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


def is_reordered(before: Data, after: Data) -> bool:
    """Whether what is in both stands in another order."""
    return _order(before, after) != _order(after, before)


def _order(data: Data, other: Data) -> list[object]:
    """Islands and offers that are in both, in their order."""
    numbers = {island["number"] for island in other["islands"]}
    keys = _by_key(other)
    islands: list[object] = [
        island["number"] for island in data["islands"] if island["number"] in numbers
    ]
    return islands + [key for key in _by_key(data) if key in keys]


def differences(part: str, before: Data, after: Data) -> tuple[Difference, ...]:
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
