"""The events of a series side by side, read once. Page, picture and files are drawn from one comparison."""

from sqlmodel import Session, select

from app.errors import N_, Unknown
from app.planning.models import Phase, Series
from app.results.compared import queries
from app.results.compared.values import (
    ComparedCell,
    ComparedEvent,
    ComparedOffer,
    Comparison,
    Difference,
)
from app.results.compared.words import common_words, compared_words, typical_words
from app.results.reported.event import device_counts
from app.results.reported.series import reported_series


def series_by_key(session: Session, key: str) -> Series:
    """Raises Unknown."""
    series = session.exec(select(Series).where(Series.key == key)).first()
    if series is None:
        raise Unknown(N_("Diese Veranstaltungsreihe gibt es nicht."))
    return series


def read_comparison(session: Session, series_id: int) -> Comparison:
    """In a fixed number of queries, as everything is now; it may have no event at all."""
    rows = queries.events_of(session, series_id)
    ids = [row.id for row in rows if row.id is not None]
    cards = queries.cards_of(session, ids)
    offers = _offers(ids, queries.offers_of(session, ids), queries.tallies_of(session, ids), cards)
    devices = device_counts(session, rows)
    words = compared_words(session, ids)
    sums = [[cell for offer in offers if (cell := offer.cells[at])] for at in range(len(ids))]
    events = tuple(
        ComparedEvent(
            id=id,
            key=row.key,
            title=row.title,
            district=row.district,
            date=row.date,
            locale=row.locale,
            phase=Phase(row.phase),
            version=row.version,
            changed_at=row.changed_at,
            attendees=row.attendees,
            institutions=row.institutions,
            devices=devices[id],
            yes=sum(cell.yes for cell in sums[at]),
            no=sum(cell.no for cell in sums[at]),
            cards=sum(count for (event_id, _), count in cards.items() if event_id == id),
            words=sum(1 for word in words if word.counts[at]),
        )
        for at, (id, row) in enumerate(zip(ids, rows, strict=True))
    )
    return Comparison(
        series=reported_series(session, series_id),
        events=events,
        offers=offers,
        differences=tuple(differences(offers)),
        words=words,
        common=common_words(words),
        typical=typical_words(words),
    )


def differences(offers: tuple[ComparedOffer, ...]) -> list[Difference]:
    """Of all offers with enough dots at two events at least."""
    found = []
    for offer in offers:
        shown = [
            (cell.awareness, at, cell.interval)
            for at, cell in enumerate(offer.cells)
            if cell is not None and cell.awareness is not None and cell.interval is not None
        ]
        if len(shown) < 2:  # two to compare
            continue
        # Of equals the one with the most dots, which says it most surely, then the first.
        least = min(shown, key=lambda one: (one[0], one[2][1] - one[2][0], one[1]))
        best = min(shown, key=lambda one: (-one[0], one[2][1] - one[2][0], one[1]))
        if best[0] > least[0]:
            overlap = best[2][0] <= least[2][1]
            found.append(Difference(offer, best[1], least[1], best[0] - least[0], overlap))
    return sorted(found, key=lambda one: (one.may_be_chance, -one.share))


def _offers(
    ids: list[int],
    planned: list[queries.PlannedOffer],
    tallies: dict[tuple[int, str], list[int]],
    cards: dict[tuple[int, str | None], int],
) -> tuple[ComparedOffer, ...]:
    """Matched by their key; one that only a later event has stands behind the one it follows there."""
    cells: dict[str, dict[int, ComparedCell]] = {}
    named: dict[str, tuple[str, str]] = {}
    order: list[str] = []
    before: dict[int, int] = {}  # event → how far its offers have come in the order
    for offer in planned:
        yes, no = tallies.get((offer.event_id, offer.key), (0, 0))
        if offer.is_retired and not yes + no and not cards.get((offer.event_id, offer.key)):
            continue
        if offer.key not in cells:
            order.insert(before.get(offer.event_id, 0), offer.key)
        before[offer.event_id] = order.index(offer.key) + 1
        cells.setdefault(offer.key, {})[offer.event_id] = ComparedCell(yes, no)
        named[offer.key] = (offer.title, offer.island)
    return tuple(
        ComparedOffer(key, *named[key], tuple(cells[key].get(id) for id in ids)) for key in order
    )
