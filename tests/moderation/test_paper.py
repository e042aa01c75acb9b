"""A host types in what came on paper: sums of the tally sheet, and cards that are nobody's device's."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app.database import Database
from app.errors import NotAcceptable, NotOpen, Retired, Stale, Unknown
from app.feedback.models import Card, PaperCount, Source, State
from app.feedback.queries import mentioned_cards
from app.live.reading import read_tally
from app.moderation.hosting import HostDesk
from app.moderation.paper import Counted, corrections, enter_paper, sheet_of, version_of
from app.moderation.paper_cards import type_in_card
from app.moderation.sealing import has_answers, seal
from app.moderation.steering import enter_phase
from app.moderation.wiping import begin_rehearsal, end_rehearsal
from app.planning.models import Event, Offer, Phase
from app.results.reported.event import device_counts


@pytest.fixture
def desk(event: Event) -> HostDesk:
    assert event.id is not None
    return HostDesk(event.id, event.code, 1, "host 1")


@pytest.fixture
def offers(database: Database, event: Event) -> list[str]:
    with database.read() as session:
        return [row.offer for row in sheet_of(session, event, 1)]


def enter(
    database: Database, desk: HostDesk, *counts: Counted, version: int = 0, sure: bool = False
) -> None:
    database.write(enter_paper, desk, counts, version, is_confirmed=sure)


def stored(database: Database) -> dict[str, tuple[int, int, int]]:
    with database.read() as session:
        rows = session.exec(select(PaperCount)).all()
        return {row.offer_key: (row.yes, row.no, row.version) for row in rows}


def test_sums_are_absolute_and_every_change_is_written_down(
    database: Database, desk: HostDesk, offers: list[str], now: Callable[[], Event]
) -> None:
    first, second, third = offers
    version = now().version

    enter(database, desk, Counted(first, 7, 3), Counted(second, 0, 0), Counted(third, 2, 0))
    enter(database, desk, Counted(first, 8, 3), version=1)

    assert stored(database) == {first: (8, 3, 2), third: (2, 0, 1)}
    assert now().version == version + 2
    with database.read() as session:
        rows = sheet_of(session, now(), 1)
        log = [
            (act.actor, act.subject, act.details["before"], act.details["after"])
            for act in corrections(session, desk, rows, most=20)
        ]
    assert version_of(rows) == 3
    assert log == [
        ("host 1", first, [7, 3], [8, 3]),
        ("host 1", third, [0, 0], [2, 0]),
        ("host 1", first, [0, 0], [7, 3]),
    ]


def test_entering_the_same_again_changes_nothing(
    database: Database, desk: HostDesk, offers: list[str], now: Callable[[], Event]
) -> None:
    enter(database, desk, Counted(offers[0], 7, 3))
    version = now().version

    enter(database, desk, Counted(offers[0], 7, 3), version=1)

    assert (stored(database), now().version) == ({offers[0]: (7, 3, 1)}, version)


def test_of_two_hosts_the_second_changes_nothing_at_all(
    database: Database, desk: HostDesk, offers: list[str]
) -> None:
    """C06"""
    enter(database, desk, Counted(offers[1], 5, 5))

    with pytest.raises(Stale):
        enter(database, desk, *(Counted(key, 1, 1) for key in offers))

    assert stored(database) == {offers[1]: (5, 5, 1)}


def test_a_mistyped_sum_is_asked_about_and_taken_when_confirmed(
    database: Database, desk: HostDesk, offers: list[str], now: Callable[[], Event]
) -> None:
    most = now().expected_attendees
    enter(database, desk, Counted(offers[0], most - 1, 1))

    with pytest.raises(NotAcceptable) as refusal:
        enter(database, desk, Counted(offers[0], most, 1), version=1)
    assert refusal.value.field == "confirm"
    enter(database, desk, Counted(offers[0], 300, 1), version=1, sure=True)

    assert stored(database) == {offers[0]: (300, 1, 2)}


def test_offers_of_other_islands_and_retired_ones_are_refused(
    database: Database, desk: HostDesk, offers: list[str], now: Callable[[], Event]
) -> None:
    """I12"""
    with database.read() as session:
        foreign = sheet_of(session, now(), 2)[0].offer

    def retire(session: Session) -> None:
        offer = session.get_one(Offer, (desk.event_id, offers[0]))
        offer.is_retired = True
        session.add(offer)

    database.write(retire)

    for key, refusal in ((foreign, Unknown), ("none", Unknown), (offers[0], Retired)):
        with pytest.raises(refusal):
            enter(database, desk, Counted(key, 1, 1))
    assert stored(database) == {}


@pytest.mark.parametrize(
    ("phase", "is_taken"),
    [(Phase.setup, False), (Phase.cafe, True), (Phase.cloud, True), (Phase.closed, True)],
)
def test_paper_is_taken_from_the_cafe_on_until_the_event_is_sealed(
    database: Database, desk: HostDesk, offers: list[str], phase: Phase, is_taken: bool
) -> None:
    database.write(enter_phase, desk.event_id, phase)

    if is_taken:
        enter(database, desk, Counted(offers[0], 1, 2))
        database.write(type_in_card, desk, "Mehr Bänke", None, "s1")
    else:
        with pytest.raises(NotOpen):
            enter(database, desk, Counted(offers[0], 1, 2))
        with pytest.raises(NotOpen):
            database.write(type_in_card, desk, "Mehr Bänke", None, "s1")

    assert (offers[0] in stored(database)) == is_taken


def test_sealing_keeps_what_came_on_paper_and_nothing_can_be_entered_any_more(
    database: Database, desk: HostDesk, offers: list[str]
) -> None:
    enter(database, desk, Counted(offers[0], 7, 3))
    database.write(type_in_card, desk, "Mehr Bänke", offers[0], "s1")
    database.write(enter_phase, desk.event_id, Phase.closed)
    with database.read() as session:
        before = numbers(session, desk)

    database.write(seal, desk.event_id, "planner Kim")

    with database.read() as session:
        assert numbers(session, desk) == before == (7, 3, ["Mehr Bänke"], 0, 0)
    with pytest.raises(NotOpen):
        enter(database, desk, Counted(offers[0], 8, 3), version=1)
    with pytest.raises(NotOpen):
        database.write(type_in_card, desk, "Noch eine", None, "s2")


def numbers(session: Session, desk: HostDesk) -> tuple[int, int, list[str], int, int]:
    """Yes, no, cards; devices by the wall and by the report."""
    tally = read_tally(session, desk.event_id)
    assert tally is not None
    cards = [card.text for card in tally.cards]
    island = tally.islands[0]
    return (
        island.yes,
        island.no,
        cards,
        len(tally.devices),
        device_counts(session, [session.get_one(Event, desk.event_id)])[desk.event_id],
    )


def test_a_card_from_paper_hangs_at_once_is_typed_once_and_nobody_s_device_s(
    database: Database, desk: HostDesk, offers: list[str], now: Callable[[], Event]
) -> None:
    one = database.write(type_in_card, desk, "  Mehr   Bänke ", offers[0], "s1")
    version = now().version
    again = database.write(type_in_card, desk, "Mehr Bänke", offers[0], "s1")
    other = database.write(type_in_card, desk, "Mehr Licht", None, "s2")

    assert one == again != other
    assert now().version == version + 1
    with database.read() as session:
        cards = [
            (card.text, card.state, card.source, card.device, card.offer_key)
            for card in session.exec(select(Card).order_by(Card.arrival))
        ]
        assert numbers(session, desk)[2:] == (["Mehr Licht", "Mehr Bänke"], 0, 0)
        for visitor in (None, "ada"):  # everybody may find it right
            seen = mentioned_cards(session, desk.event_id, visitor, 1, most=9)
            assert [card.text for card in seen] == ["Mehr Licht", "Mehr Bänke"]
    assert cards == [
        ("Mehr Bänke", State.approved, Source.paper, "", offers[0]),
        ("Mehr Licht", State.approved, Source.paper, "", None),
    ]


def test_a_card_from_paper_on_another_island_s_offer_is_refused(
    database: Database, desk: HostDesk, now: Callable[[], Event]
) -> None:
    """I12"""
    with database.read() as session:
        foreign = sheet_of(session, now(), 2)[0].offer

    with pytest.raises(NotAcceptable):
        database.write(type_in_card, desk, "Mehr Bänke", foreign, "s1")
    with pytest.raises(Unknown):
        database.write(type_in_card, desk, "Mehr Bänke", "none", "s1")


def test_paper_is_something_real_and_is_wiped_with_a_rehearsal(
    database: Database, desk: HostDesk, offers: list[str]
) -> None:
    database.write(begin_rehearsal, desk.event_id)
    enter(database, desk, Counted(offers[0], 7, 3))
    database.write(end_rehearsal, desk.event_id, keep=False)
    assert stored(database) == {}

    enter(database, desk, Counted(offers[0], 1, 0))
    with pytest.raises(NotOpen, match="echte Punkte"):
        database.write(begin_rehearsal, desk.event_id)
    with database.read() as session:
        assert has_answers(session, desk.event_id)


def test_a_form_that_comes_again_with_the_next_card_hangs_up_both(
    database: Database, desk: HostDesk, now: Callable[[], Event]
) -> None:
    """After "back", or when the answer was lost."""
    texts = ("Mehr Bänke", "Mehr Licht", "Mehr Bänke", "Mehr Licht")

    sent = [database.write(type_in_card, desk, text, None, "s1") for text in texts]

    assert sent == [*sent[:2], *sent[:2]]
    with database.read() as session:
        assert [card.text for card in session.exec(select(Card).order_by(Card.arrival))] == [
            "Mehr Bänke",
            "Mehr Licht",
        ]
