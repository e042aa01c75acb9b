"""A series side by side: the same numbers as in the reports of its events, and what follows from them."""

import datetime
from dataclasses import asdict

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import Session, select

from app.database import Database
from app.moderation.sealing import seal
from app.planning.models import Event, Offer, Phase
from app.results.compared.values import ComparedCell, ComparedOffer, Comparison, TypicalWord
from app.results.comparison import differences, read_comparison
from app.results.report import read_report
from tests.results.districts import DISTRICTS, copied, hold_the_first, hold_the_second, series_of


def compared(database: Database) -> Comparison:
    with database.read() as session:
        return read_comparison(session, series_of(session))


@pytest.fixture
def two(database: Database) -> Database:
    """Mitte/Styrum and Osterfeld, which is still open, and a rehearsal in between."""

    def hold(session: Session) -> None:
        first = hold_the_first(session)
        copied(session, first, "Probe", datetime.date(2023, 8, 20), rehearsal=True)
        hold_the_second(session, first, phase=Phase.cloud)

    database.write(hold)
    return database


def offer_of(comparison: Comparison, key: str) -> ComparedOffer:
    return next(offer for offer in comparison.offers if offer.key == key)


def test_rehearsals_are_left_out_and_open_events_are_interim(two: Database) -> None:
    events = compared(two).events
    assert [(event.district, event.is_interim) for event in events] == [
        ("Mitte/Styrum", False),
        ("Osterfeld", True),
    ]


def test_every_number_is_the_one_of_the_event_s_own_report(two: Database) -> None:
    comparison = compared(two)
    with two.read() as session:
        reports = [
            read_report(session, session.get_one(Event, event.id)) for event in comparison.events
        ]
    assert [
        (event.yes, event.no, event.cards, event.words, event.devices)
        for event in comparison.events
    ] == [
        (
            *(getattr(report.totals, name) for name in ("yes", "no", "cards", "words")),
            report.devices,
        )
        for report in reports
    ]
    for at, report in enumerate(reports):
        assert {
            offer.key: (cell.yes, cell.no)
            for offer in comparison.offers
            if (cell := offer.cells[at]) is not None
        } == {
            offer.key: (offer.yes, offer.no) for island in report.islands for offer in island.offers
        }
        assert {word.word: word.counts[at] for word in comparison.words if word.counts[at]} == {
            word.word: word.count for word in report.words
        }


def test_offers_are_matched_by_key_and_stand_where_their_plan_has_them(two: Database) -> None:
    comparison = compared(two)
    with two.read() as session:
        planned = session.exec(
            select(Offer.key)
            .where(Offer.event_id == comparison.events[0].id)
            .order_by(Offer.island_number, Offer.position)  # type: ignore[arg-type]
        ).all()
    assert [offer.key for offer in comparison.offers] == ["repair-cafe", *planned]
    assert offer_of(comparison, "repair-cafe").cells == (None, ComparedCell(4, 2))
    assert offer_of(comparison, "gruenpatenschaften").cells == (ComparedCell(1, 1), None)
    assert offer_of(comparison, "ehrenamtskarte").title == "Die Ehrenamtskarte"


def test_below_five_dots_nothing_is_said() -> None:
    few, enough = ComparedCell(4, 0), ComparedCell(4, 1)
    assert (few.awareness, few.interval, few.level) == (None, None, None)
    assert (enough.awareness, enough.level) == (0.8, 5)


def test_levels_change_every_twenty_percent() -> None:
    cells = [ComparedCell(yes, 10 - yes) for yes in range(11)]
    assert [cell.level for cell in cells] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5]


def test_the_level_is_that_of_the_share_as_it_is_said() -> None:
    assert (ComparedCell(19, 29).awareness, ComparedCell(19, 29).level) == (19 / 48, 3)  # 40 %


def test_a_difference_is_clear_only_where_the_intervals_do_not_overlap(two: Database) -> None:
    found = compared(two).differences
    assert [(one.offer.key, one.best, one.least, one.may_be_chance) for one in found] == [
        ("umweltberatung", 0, 1, False)
    ]
    assert found[0].share == pytest.approx(48 / 60 - 1 / 20)
    narrow = ComparedOffer(
        "a", "A", "", (ComparedCell(6, 4), ComparedCell(4, 6), ComparedCell(0, 4))
    )
    assert [(one.best, one.least, one.may_be_chance) for one in differences((narrow,))] == [
        (0, 1, True)
    ]


def test_words_are_common_to_all_or_typical_of_one(two: Database) -> None:
    comparison = compared(two)
    assert [(word.word, word.counts) for word in comparison.common] == [("spannend", (1, 2))]
    assert comparison.typical == (
        TypicalWord("Vielfalt", at=0, count=4, share=0.8, elsewhere=0.0),
        TypicalWord("Mut", at=1, count=3, share=0.6, elsewhere=0.0),
    )


def test_one_event_has_nothing_to_be_compared_with(database: Database) -> None:
    database.write(hold_the_first)
    comparison = compared(database)
    assert len(comparison.events) == 1
    assert (comparison.differences, comparison.common, comparison.typical) == ((), (), ())


def test_a_series_of_rehearsals_is_empty(database: Database) -> None:
    def rehearse(session: Session) -> None:
        hold_the_first(session).is_rehearsal = True

    database.write(rehearse)
    comparison = compared(database)
    assert (comparison.events, comparison.offers, comparison.words) == ((), (), ())


def test_sealing_changes_no_number(two: Database) -> None:
    before = compared(two)

    def seal_it(session: Session) -> None:
        seal(session, before.events[0].id, "Petra")

    two.write(seal_it)
    after = compared(two)
    ignored = {"version", "changed_at"}
    assert [
        {name: value for name, value in asdict(event).items() if name not in ignored}
        for event in after.events
    ] == [
        {name: value for name, value in asdict(event).items() if name not in ignored}
        for event in before.events
    ]
    assert (after.offers, after.words) == (before.offers, before.words)


@pytest.mark.parametrize("more", [0, 5])
def test_the_number_of_queries_does_not_grow_with_the_events(database: Database, more: int) -> None:
    def hold(session: Session) -> None:
        first = hold_the_first(session)
        for number, district in enumerate(DISTRICTS[:more]):
            copied(session, first, district, datetime.date(2023, 9, 1 + number))

    database.write(hold)
    statements: list[str] = []
    with database.read() as session:
        series_id = series_of(session)
        listener = lambda *arguments: statements.append(arguments[2])  # noqa: E731
        sqlalchemy_event.listen(session.get_bind(), "before_cursor_execute", listener)
        comparison = read_comparison(session, series_id)
    assert len(comparison.events) == 1 + more
    assert len(statements) == 12
