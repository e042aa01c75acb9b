"""The islands of a report as plain values, with the sums and shares that follow from them."""

from dataclasses import dataclass

from app.feedback.models import State
from app.results.awareness import awareness, interval
from app.results.reported.photos import ReportedPhoto


@dataclass(frozen=True)
class ReportedContact:
    name: str
    url: str
    mail: str
    phone: str


@dataclass(frozen=True)
class ReportedOffer:
    """Dots by where they came from. `yes` and `no` are their sums: phones, tablets and paper."""

    key: str
    title: str
    description: str
    scope: str
    is_retired: bool
    phone_yes: int
    phone_no: int
    tablet_yes: int
    tablet_no: int
    paper_yes: int
    paper_no: int

    @property
    def yes(self) -> int:
        return self.phone_yes + self.tablet_yes + self.paper_yes

    @property
    def no(self) -> int:
        return self.phone_no + self.tablet_no + self.paper_no

    @property
    def total(self) -> int:
        return self.yes + self.no

    @property
    def awareness(self) -> float | None:
        return awareness(self.yes, self.no)

    @property
    def interval(self) -> tuple[float, float] | None:
        return interval(self.yes, self.no)


@dataclass(frozen=True)
class ReportedCard:
    """`offer` is the key of an offer in the same report; None for a card to the whole island. `group` is
    the id of a group in the same report; None as long as nobody has put it into one."""

    offer: str | None
    text: str
    state: State
    supports: int
    group: str | None = None


@dataclass(frozen=True)
class ReportedIsland:
    """Offers in the order of the plan, cards in the order of their arrival, photos in that of their
    desk. `text` is the plan's, key sentence and note are the host's; any of the three may be ""."""

    number: int
    title: str
    text: str
    key_sentence: str
    note: str
    is_retired: bool
    contacts: tuple[ReportedContact, ...]
    offers: tuple[ReportedOffer, ...]
    cards: tuple[ReportedCard, ...]
    photos: tuple[ReportedPhoto, ...]

    @property
    def yes(self) -> int:
        return sum(offer.yes for offer in self.offers)

    @property
    def no(self) -> int:
        return sum(offer.no for offer in self.offers)

    @property
    def awareness(self) -> float | None:
        return awareness(self.yes, self.no)
