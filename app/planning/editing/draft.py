"""A stored plan to be changed by hand: every change is one of the plan, checked and imported as a whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, col, select

from app.errors import N_, NotAcceptable, Retired, Stale, Unknown
from app.planning.changing import change_to
from app.planning.keys import key_from
from app.planning.models import Contact, Event, Island, Offer
from app.planning.plan import checked
from app.planning.plan_changes import seen_of
from app.planning.plan_data import Data, contact_data, island_data, offer_data, stored_data
from app.planning.queries import event_by_key

T = TypeVar("T")
CHANGED_MEANWHILE = N_(
    "Inzwischen hat jemand anderes diesen Plan geändert. Es wurde nichts überschrieben; hier ist der"
    " aktuelle Stand."
)


@dataclass
class Draft:
    """`data` is shaped as in the TOML file. What was retired is at hand to be brought back: islands by
    number, whole, and offers by key, with the number of their island."""

    data: Data
    retired_islands: dict[int, tuple[int, Data]]
    retired_offers: dict[str, tuple[int, int, Data]]

    @property
    def islands(self) -> list[Data]:
        islands: list[Data] = self.data["islands"]
        return islands

    def island(self, number: int) -> Data:
        """Raises Retired, Unknown."""
        for island in self.islands:
            if island["number"] == number:
                return island
        raise Retired if number in self.retired_islands else Unknown

    def offer(self, key: str) -> tuple[Data, Data]:
        """The island and its offer. Raises Retired, Unknown."""
        for island in self.islands:
            for offer in island["offers"]:
                if offer["key"] == key:
                    return island, offer
        raise Retired if key in self.retired_offers else Unknown

    def island_of(self, key: str) -> int:
        """The number of an offer's island, also of one taken out. Raises Unknown."""
        return (
            self.retired_offers[key][0]
            if key in self.retired_offers
            else self.offer(key)[0]["number"]
        )

    # --- islands ----------------------------------------------------------------------------------

    def add_island(self, values: Data) -> int:
        """At the end, with the next number: no number is ever given twice."""
        numbers = [island["number"] for island in self.islands] + list(self.retired_islands)
        number = max(numbers, default=0) + 1
        self.islands.append({"number": number, "contacts": [], "offers": []} | values)
        return number

    def move_island(self, number: int, step: int) -> None:
        _move(self.islands, self.island(number), step)

    def retire_island(self, number: int) -> None:
        if len(self.islands) == 1:
            raise NotAcceptable(N_("Die letzte Insel kann nicht weggenommen werden."))
        self.islands.remove(self.island(number))

    def bring_back_island(self, number: int) -> None:
        """To its old place, with all its offers."""
        if number not in self.retired_islands:
            raise Unknown
        position, island = self.retired_islands.pop(number)
        offers = sorted(
            (place, key, offer)
            for key, (of, place, offer) in self.retired_offers.items()
            if of == number
        )
        island["offers"] = [offer for _, _, offer in offers]
        self.islands.insert(position - 1, island)

    # --- offers -----------------------------------------------------------------------------------

    def add_offer(self, number: int, values: Data) -> str:
        """At the end of the island, with a key from its title that nobody had before."""
        taken = {offer["key"] for island in self.islands for offer in island["offers"]}
        taken |= self.retired_offers.keys()
        made = key_from(str(values.get("title", ""))) or "angebot"
        tries = (f"{made[:74]}-{count}" if count else made for count in range(len(taken) + 1))
        key = next(each for each in tries if each not in taken)
        self.island(number)["offers"].append({"key": key} | values)
        return key

    def change_offer(self, key: str, values: Data, number: int) -> None:
        """Its texts, and its island; at the end of another one."""
        island, offer = self.offer(key)
        changed = {"key": key} | values
        if island["number"] == number:
            island["offers"][island["offers"].index(offer)] = changed
        else:
            island["offers"].remove(offer)
            self.island(number)["offers"].append(changed)

    def move_offer(self, key: str, step: int) -> None:
        island, offer = self.offer(key)
        _move(island["offers"], offer, step)

    def retire_offer(self, key: str) -> None:
        island, offer = self.offer(key)
        island["offers"].remove(offer)

    def bring_back_offer(self, key: str) -> None:
        """To its old place. Raises Retired while its island is retired itself."""
        if key not in self.retired_offers:
            raise Unknown
        number, position, offer = self.retired_offers[key]
        self.island(number)["offers"].insert(position - 1, offer)


def read_draft(session: Session, event: Event) -> Draft:
    retired = col(Island.is_retired).is_(True)
    islands = session.exec(select(Island).where(Island.event_id == event.id, retired)).all()
    contacts = session.exec(
        select(Contact).where(Contact.event_id == event.id).order_by(col(Contact.position))
    ).all()
    offers = session.exec(
        select(Offer)
        .where(Offer.event_id == event.id, col(Offer.is_retired).is_(True))
        .order_by(col(Offer.position), col(Offer.key))
    )
    return Draft(
        stored_data(session, event),
        {
            island.number: (
                island.position,
                island_data(island)
                | {
                    "contacts": [
                        contact_data(contact)
                        for contact in contacts
                        if contact.island_number == island.number
                    ],
                    "offers": [],
                },
            )
            for island in islands
        },
        {offer.key: (offer.island_number, offer.position, offer_data(offer)) for offer in offers},
    )


def change_plan(
    session: Session, key: str, actor: str, seen: str, change: Callable[[Draft], T]
) -> T:
    """Changes the plan of the event with this key and returns what `change` does. Raises Stale when it
    isn't what was `seen`, PlanErrors when the changed plan is none; then nothing is changed. To be run
    by `Database.write`.
    """
    event = event_by_key(session, key)
    if seen_of(session, event) != seen:
        raise Stale(CHANGED_MEANWHILE)
    draft = read_draft(session, event)
    result = change(draft)
    change_to(session, checked(draft.data), actor)
    return result


def _move(items: list[Data], item: Data, step: int) -> None:
    """One place up (-1) or down (1); at the end nothing happens."""
    at = items.index(item)
    items.insert(min(max(at + step, 0), len(items) - 1), items.pop(at))
