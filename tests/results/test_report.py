"""What is counted, and that it is read at one moment in a fixed number of queries."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import Session, SQLModel, col, delete, select

from app.database import Database
from app.feedback.models import Card, Dot, Entry, PaperCount, State, Support, Word
from app.photos.models import Photo
from app.planning.models import Contact, Event, Island, Offer
from app.results.followup.models import CardGroup, GroupedCard
from app.results.report import Report, Totals, read_report
from app.results.reported.words import ReportedVariant, ReportedWord

EVENTS_TABLES = (
    *(Island, Offer, Contact, PaperCount, Word, Card, Support, Dot, Entry),
    *(Photo, CardGroup, GroupedCard),
)


def test_dots_from_phones_tablets_and_paper_add_up(report: Report) -> None:
    offer = report.islands[0].offers[0]
    assert (offer.key, offer.yes, offer.no, offer.total) == ("umweltberatung", 7, 4, 11)
    assert (offer.phone_yes, offer.tablet_yes, offer.paper_yes) == (1, 1, 5)
    assert (offer.phone_no, offer.tablet_no, offer.paper_no) == (1, 1, 2)
    assert offer.awareness == 7 / 11


def test_a_dot_that_was_taken_back_is_not_counted(report: Report) -> None:
    offer = report.islands[0].offers[1]
    assert (offer.key, offer.yes, offer.no) == ("gruenpatenschaften", 0, 1)


def test_offers_without_an_answer_are_reported_without_awareness(report: Report) -> None:
    offer = report.islands[0].offers[2]
    assert (offer.key, offer.total, offer.awareness, offer.interval) == (
        "quartiersfonds",
        0,
        None,
        None,
    )


def test_only_approved_cards_are_reported_oldest_first(report: Report) -> None:
    assert [(card.text, card.offer, card.supports) for card in report.islands[0].cards] == [
        ("Mehr Aushänge im Hausflur", "umweltberatung", 2),
        ("Am Kiosk werben", None, 0),
    ]
    assert [card.text for card in report.islands[1].cards] == ["Kurse im Stadtteilbüro"]


def test_a_word_counts_devices_and_shows_its_most_frequent_spelling(report: Report) -> None:
    assert report.words == (
        ReportedWord(
            "Spannend", 2, (ReportedVariant("Spannend", 2), ReportedVariant("spannend!", 1))
        ),
        ReportedWord("gut vernetzt", 1, (ReportedVariant("gut vernetzt", 1),)),
        ReportedWord("Aufbruch", 1, (ReportedVariant("Aufbruch", 1),)),
    )


def test_devices_are_those_whose_dot_card_or_word_was_not_withdrawn(report: Report) -> None:
    """anna, bela, cem and dora; fred and hedi, whose texts were hidden. Not emil, gina and ida."""
    assert report.devices == 6


def test_totals_are_the_sums_of_the_rows(report: Report) -> None:
    assert report.totals == Totals(yes=8, no=5, cards=3, words=3)


def test_the_whole_plan_is_reported_in_its_order(untouched: Report) -> None:
    assert [island.number for island in untouched.islands] == list(range(1, 13))
    assert untouched.totals == Totals(0, 0, 0, 0)
    assert untouched.devices == 0


def test_what_was_retired_stays_only_with_its_answers(
    database: Database, report: Report, read: Callable[[], Report]
) -> None:
    def retire_everything(session: Session) -> None:
        for row in [*session.exec(select(Island)), *session.exec(select(Offer))]:
            row.is_retired = True
            session.add(row)

    database.write(retire_everything)

    left = read()
    assert [
        (
            island.number,
            island.is_retired,
            [(offer.key, offer.is_retired) for offer in island.offers],
        )
        for island in left.islands
    ] == [
        (1, True, [("umweltberatung", True), ("gruenpatenschaften", True)]),
        (2, True, []),  # has a card
        (3, True, [("ehrenamtskarte", True)]),
    ]
    assert left.totals == report.totals


def test_an_offer_that_only_a_card_names_stays(
    database: Database, report: Report, read: Callable[[], Report]
) -> None:
    def leave_only_the_card(session: Session) -> None:
        session.exec(delete(Dot))
        card = session.exec(select(Card).where(Card.text == "Am Kiosk werben")).one()
        offer = session.exec(select(Offer).where(Offer.key == "quartiersfonds")).one()
        card.offer_key, offer.is_retired = offer.key, True
        session.add_all([card, offer])

    assert report.islands[0].cards[1].offer is None
    database.write(leave_only_the_card)

    keys = [offer.key for offer in read().islands[0].offers]
    assert keys == ["umweltberatung", "gruenpatenschaften", "quartiersfonds"]


def _values(row: SQLModel, but: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields if name not in but}


def test_nothing_of_another_event_is_counted(
    database: Database, documented: Report, read: Callable[[], Report]
) -> None:
    report = documented

    def hold_another(session: Session) -> None:
        first = session.exec(select(Event)).one()
        another = Event(
            **_values(first, but=frozenset({"id", "key", "code"})), key="b", code="BBBBBB"
        )
        session.add(another)
        session.flush()
        assert another.id is not None
        for table in EVENTS_TABLES:
            for row in session.exec(select(table).where(col(table.event_id) == first.id)).all():
                session.add(table(**_values(row) | {"event_id": another.id}))
            session.flush()
        for word in session.exec(select(Word).where(Word.event_id == another.id)):
            word.state = State.approved  # there, not here
            session.add(word)

    database.write(hold_another)
    with database.read() as session:
        first = session.exec(select(Event).where(Event.key == report.event.key)).one()
        assert session.exec(select(Dot)).all()[-1].event_id != first.id
        assert read_report(session, first) == report


def test_everything_is_of_the_moment_the_session_first_read(
    database: Database, report: Report
) -> None:
    def say_more(session: Session) -> None:
        event = session.exec(select(Event)).one()
        event.attendees = 99
        assert event.id is not None
        session.add(
            Dot(event_id=event.id, device="zoe", offer_key="umweltberatung", knows=True, sequence=1)
        )

    with database.read() as session:
        event = session.exec(select(Event)).one()
        database.write(say_more)
        assert read_report(session, event) == report
    with database.read() as session:
        later = read_report(session, event)  # the event as it was known before
    assert (later.event.attendees, later.devices, later.totals.yes) == (99, 7, 9)


@pytest.mark.parametrize("islands", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_islands(
    database: Database, documented: Report, islands: int
) -> None:
    report = documented

    def keep(session: Session) -> None:
        session.exec(delete(Island).where(col(Island.number) > islands))

    database.write(keep)
    statements: list[str] = []
    with database.read() as session:
        event = session.exec(select(Event)).one()
        engine = session.get_bind()
        listener = lambda *arguments: statements.append(arguments[2])  # noqa: E731
        sqlalchemy_event.listen(engine, "before_cursor_execute", listener)
        shorter = read_report(session, event)
    assert len(shorter.islands) == islands
    assert shorter != report
    assert len(statements) == 21


def test_reading_again_gives_the_same_report(report: Report, read: Callable[[], Report]) -> None:
    assert asdict(read()) == asdict(report)


def test_states_that_are_not_approved_are_in_the_database(
    database: Database, report: Report
) -> None:
    """Else the tests above would prove nothing."""
    assert report.totals.cards == 3
    with database.read() as session:
        states = session.exec(select(Card.state)).all()
    assert set(states) == set(State)
