"""What everybody may read of the results, a page at a time: the files have it all, and may be long."""

from dataclasses import dataclass

from sqlmodel import Session

from app.errors import Unknown
from app.feedback.models import State
from app.feedback.spellings import SpeltWord, ranked_words
from app.planning.models import Event
from app.results.report import Totals
from app.results.reported.event import device_counts
from app.results.reported.islands import ReportedCard, ReportedIsland
from app.results.reported.queries import reported_islands

WORDS = 100  # a page
CARDS = 100  # a page, of one island
CARDS_AT_FIRST = 10  # of each island, as long as all of them are shown


@dataclass(frozen=True, slots=True)
class Results:
    """`islands` are all or the one that was asked for, and then without words; each with its `cards`: a
    page of them. `words` are a page, too; `most` is how many devices sent the most frequent one of all."""

    devices: int
    totals: Totals
    islands: tuple[ReportedIsland, ...]
    cards: dict[int, tuple[ReportedCard, ...]]
    words: tuple[SpeltWord, ...]
    most: int
    word_pages: int


def read_results(session: Session, event: Event, island: int | None, page: int) -> Results:
    """`page`, from 1: of the island's cards, or without an island of the words. Raises Unknown."""
    assert event.id is not None
    islands = reported_islands(session, event.id, ())
    if island is not None:
        islands = tuple(one for one in islands if one.number == island)
        if not islands:
            raise Unknown
        first, most_cards = (page - 1) * CARDS, CARDS
        words: tuple[SpeltWord, ...] = ()
        count, most = 0, 1
    else:
        first, most_cards = 0, CARDS_AT_FIRST
        words, count = _words(session, event.id, WORDS, page)
        leading = words
        if page > 1:
            leading, count = _words(session, event.id, 1, 1)
        most = leading[0].count if leading else 1
    return Results(
        devices=device_counts(session, [event])[event.id],
        totals=Totals(
            yes=sum(one.yes for one in islands),
            no=sum(one.no for one in islands),
            cards=sum(len(one.cards) for one in islands),
            words=count,
        ),
        islands=islands,
        cards={one.number: one.cards[first : first + most_cards] for one in islands},
        words=words,
        most=most,
        word_pages=max((count + WORDS - 1) // WORDS, 1),
    )


def _words(
    session: Session, event_id: int, most: int, page: int
) -> tuple[tuple[SpeltWord, ...], int]:
    skipped = (page - 1) * most
    words, count = ranked_words(session, event_id, most, states=(State.approved,), skipped=skipped)
    return tuple(words), count
