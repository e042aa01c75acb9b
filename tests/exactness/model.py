"""An evening in plain Python: what is counted and shown after any sequence of operations.

Everything is a dictionary, nothing is fast. Refusals are raised as the program raises them; the words have
a room of their own (`words`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.errors import CannotStore, NotAcceptable, NotOpen, Retired, Stale, Unknown
from tests.exactness.words import Words

PAPER = "paper"
AFTER = {"approval": "approved", "hiding": "hidden", "restoration": "approved"}
Counts = dict[str, int]


@dataclass
class Dot:
    knows: bool | None
    sequence: int
    source: str


@dataclass
class Card:
    device: str
    island: int
    offer: str | None
    text: str
    state: str
    version: int = 1
    is_highlighted: bool = False
    supporters: set[str] = field(default_factory=set)


@dataclass
class Paper:
    yes: int = 0
    no: int = 0
    version: int = 0


class Evening:
    def __init__(self, *, is_rehearsal: bool) -> None:
        self.phase = "setup"
        self.epoch = 1
        self.is_rehearsal = is_rehearsal
        self.is_paused = self.has_curtain = self.is_sealed = False
        self.is_revealed = True
        self.card_approval = "first"
        self.titles: dict[int, str] = {}  # of every island there ever was
        self.homes: dict[str, int] = {}  # offer → island, of every offer there ever was
        self.open_islands: set[int] = set()
        self.open_offers: set[str] = set()
        self.sealed_devices: tuple[int, Counts] | None = None
        self._wipe()

    def _wipe(self) -> None:
        self.dots: dict[tuple[str, str], Dot] = {}
        self.paper: dict[str, Paper] = {}
        self.cards: dict[tuple[str, str], Card] = {}
        self.words = Words()

    # --- planners -------------------------------------------------------------------------------

    def plan(self, islands: Iterable[dict[str, Any]]) -> None:
        self.open_islands, self.open_offers = set(), set()
        for island in islands:
            self.titles[island["number"]] = island["title"]
            self.open_islands.add(island["number"])
            for offer in island["offers"]:
                self.homes[offer["key"]] = island["number"]
                self.open_offers.add(offer["key"])

    # --- attendees --------------------------------------------------------------------------------

    def recognise(self, epoch: int) -> None:
        if epoch != self.epoch:
            raise CannotStore

    def admit(self, *phases: str) -> None:
        if self.phase not in phases or self.is_paused:
            raise NotOpen

    def tap(
        self, device: str, offer: str, knows: bool | None, sequence: int, source: str
    ) -> tuple[str, bool | None, int]:
        """The status, and what is stored now."""
        stored = self.dots.get((device, offer))
        is_repeated = stored is not None and (stored.knows, stored.sequence) == (knows, sequence)
        if not is_repeated:
            self.admit("cafe", "cloud")
        if stored is None or sequence > stored.sequence:
            self.dots[device, offer] = Dot(knows, sequence, source)
            return "counted", knows, sequence
        return "counted" if is_repeated else "superseded", stored.knows, stored.sequence

    def send_card(
        self,
        device: str,
        submission: str,
        island: int,
        offer: str | None,
        text: str,
        *,
        is_held: bool,
        otherwise: str | None,
    ) -> tuple[str, str]:
        """The submission it has now, and its state."""
        known = self.cards.get((device, submission))
        if known is not None and otherwise is not None and known.text != text:
            submission, known = otherwise, self.cards.get((device, otherwise))
        if known is not None:
            return submission, known.state
        self.admit("cafe", "cloud")
        state = "approved" if self.card_approval == "at_once" and not is_held else "waiting"
        self.cards[device, submission] = Card(device, island, offer, text, state)
        return submission, state

    def withdraw_card(self, device: str, submission: str) -> tuple[str, str]:
        card = self.cards.get((device, submission))
        if card is None:
            raise Unknown
        if card.state != "withdrawn":
            self.admit("cafe", "cloud")
            card.text, card.state, card.version = "", "withdrawn", card.version + 1
        return submission, card.state

    def support(self, device: str, card: Card, *, supports: bool) -> bool:
        if card.state != "approved":
            raise Unknown
        if card.device == device:
            raise NotAcceptable
        self.admit("cafe", "cloud")
        (card.supporters.add if supports else card.supporters.discard)(device)
        return supports

    # --- hosts and moderators -----------------------------------------------------------------------

    def decide(self, card: Card, act: str, version: int) -> None:
        self._seen(card, version)
        card.state, card.version = AFTER[act], card.version + 1

    def decide_on_several(self, cards: Iterable[tuple[Card, int]], state: str) -> int:
        """How many it was not too late for."""
        done = 0
        for card, version in cards:
            if card.state != "withdrawn" and card.version == version:
                card.state, card.version = state, card.version + 1
                done += 1
        return done

    def correct(self, card: Card, text: str, version: int) -> None:
        self._seen(card, version)
        card.text, card.version = text, card.version + 1

    def highlight(self, card: Card, version: int, *, is_highlighted: bool) -> None:
        self._seen(card, version)
        card.is_highlighted, card.version = is_highlighted, card.version + 1

    def _seen(self, card: Card, version: int) -> None:
        if card.state == "withdrawn":
            raise Unknown
        if card.version != version:
            raise Stale

    def enter_paper(self, island: int, offer: str, yes: int, no: int, version: int) -> None:
        self._refuse_closed()
        self._refuse_foreign(island, offer, Unknown)
        count = self.paper.get(offer, Paper())
        if count.version != version:
            raise Stale
        if (count.yes, count.no) != (yes, no):
            self.paper[offer] = Paper(yes, no, version + 1)

    def type_in_card(self, island: int, offer: str | None, text: str, submission: str) -> None:
        known = self.cards.get((PAPER, submission))
        if known is not None and known.text != text:
            submission = f"{submission} {text}"
        if (PAPER, submission) in self.cards:
            return
        self._refuse_closed()
        if offer is not None:
            self._refuse_foreign(island, offer, NotAcceptable)
        self.cards[PAPER, submission] = Card(PAPER, island, offer, text, "approved")

    def _refuse_closed(self) -> None:
        if self.phase == "setup" or self.is_sealed:
            raise NotOpen

    def _refuse_foreign(self, island: int, offer: str, refusal: type[Exception]) -> None:
        if self.homes[offer] != island:
            raise refusal
        if offer not in self.open_offers:
            raise Retired

    def begin_rehearsal(self) -> None:
        has_anything = self.dots or self.paper or self.cards or self.words.has_anything
        if not self.is_rehearsal and has_anything:
            raise NotOpen
        self.is_rehearsal = True

    def end_rehearsal(self, *, keep: bool) -> None:
        if self.is_rehearsal and not keep:
            self.reset()
        self.is_rehearsal = False

    def reset(self) -> None:
        approval = self.words.approval
        self._wipe()
        self.words.approval = approval
        self.epoch += 1

    def seal(self) -> None:
        """What nobody decided on is dropped; who took part was counted before that."""
        self.sealed_devices = (
            len(self.devices),
            {number: len(self.devices_at(number)) for number in self.open_islands},
        )
        self.is_sealed = True
        self.epoch += 1
        dropped = ("waiting", "withdrawn")
        self.cards = {key: card for key, card in self.cards.items() if card.state not in dropped}
        self.words.drop_waiting()

    # --- what is counted ----------------------------------------------------------------------------

    @property
    def devices(self) -> set[str]:
        return (
            {device for (device, _), dot in self.dots.items() if dot.knows is not None}
            | {
                card.device
                for card in self.cards.values()
                if card.state != "withdrawn" and card.device != PAPER
            }
            | self.words.devices
        )

    def devices_at(self, number: int) -> set[str]:
        offers = {key for key in self.open_offers if self.homes[key] == number}
        return {
            device
            for (device, offer), dot in self.dots.items()
            if dot.knows is not None and offer in offers
        } | {
            card.device
            for card in self.cards.values()
            if card.island == number and card.state != "withdrawn" and card.device != PAPER
        }

    def counted(self, offer: str) -> tuple[int, ...]:
        """yes, no, and of them on tablets and on paper."""
        dots = [dot for (_, key), dot in self.dots.items() if key == offer]
        paper = self.paper.get(offer, Paper())
        on_tablets = [
            sum(dot.knows is knows and dot.source == "tablet" for dot in dots)
            for knows in (True, False)
        ]
        yes, no = (sum(dot.knows is knows for dot in dots) for knows in (True, False))
        return (yes + paper.yes, no + paper.no, *on_tablets, paper.yes, paper.no)

    def approved(self, number: int) -> list[tuple[str, Card]]:
        return [
            (submission, card)
            for (_, submission), card in self.cards.items()
            if card.island == number and card.state == "approved"
        ]
