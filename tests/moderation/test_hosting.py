"""A host decides on the cards of one island only, and writes its harvest, on what was seen."""

from collections.abc import Callable

import pytest

from app.database import Database
from app.errors import NotAcceptable, Stale, Unknown
from app.feedback.models import Card, State
from app.moderation.hosting import HostDesk, correct_card, decide_on_card, write_harvest
from app.planning.journal import journal
from app.planning.models import Event, Island
from tests.moderation.conftest import Sent


@pytest.fixture
def desk(event: Event) -> HostDesk:
    assert event.id is not None
    return HostDesk(event.id, event.code, 3, "host 3")


def harvest(database: Database, desk: HostDesk) -> tuple[str, str, int]:
    with database.read() as session:
        island = session.get_one(Island, (desk.event_id, desk.island))
    return island.key_sentence, island.note, island.harvest_version


def told(database: Database, desk: HostDesk) -> list[tuple[str, str, str]]:
    with database.read() as session:
        return [(act.actor, act.name, act.subject) for act in journal(session, desk.event_id)]


def test_an_own_card_is_decided_on_corrected_and_written_down(
    database: Database, desk: HostDesk, sent: Sent, now: Callable[[], Event]
) -> None:
    card = sent.card("Mher Feste", island=3)
    version = now().version

    database.write(decide_on_card, desk, card, "approval", 1)
    database.write(correct_card, desk, card, "Mehr Feste", 2)

    with database.read() as session:
        stored = session.get_one(Card, (desk.event_id, card))
    assert (stored.state, stored.text, stored.version) == (State.approved, "Mehr Feste", 3)
    assert now().version == version + 2
    assert told(database, desk) == [("host 3", "correction", card), ("host 3", "approval", card)]


def test_a_card_of_another_island_is_unknown_to_a_host(
    database: Database, desk: HostDesk, sent: Sent
) -> None:
    """I12"""
    card = sent.card("Mehr Feste", island=4)

    with pytest.raises(Unknown):
        database.write(decide_on_card, desk, card, "approval", 1)
    with pytest.raises(Unknown):
        database.write(correct_card, desk, card, "Weniger Feste", 1)

    with database.read() as session:
        stored = session.get_one(Card, (desk.event_id, card))
    assert (stored.state, stored.text, stored.version) == (State.waiting, "Mehr Feste", 1)
    assert told(database, desk) == []


def test_a_stale_decision_changes_nothing_and_is_not_written_down(
    database: Database, desk: HostDesk, sent: Sent
) -> None:
    """C06"""
    card = sent.card("Mehr Feste", island=3)
    database.write(decide_on_card, desk, card, "hiding", 1)

    with pytest.raises(Stale):
        database.write(decide_on_card, desk, card, "approval", 1)

    assert told(database, desk) == [("host 3", "hiding", card)]


def test_the_harvest_is_cleaned_and_rises_with_each_change(
    database: Database, desk: HostDesk, now: Callable[[], Event]
) -> None:
    """I03: what reorders text is gone; what is written on several lines stays there."""
    version = now().version

    database.write(
        write_harvest, desk, " Mehr\u202e Feste\n im  Park ", "- Feste\r\n\n\n\n- Ba\u0308nke\u200b\n", 1
    )  # fmt: skip
    assert harvest(database, desk) == ("Mehr Feste im Park", "- Feste\n\n- Bänke", 2)
    assert now().version == version + 1
    database.write(write_harvest, desk, "Mehr Feste im Park", "- Feste\n\n- Bänke", 2)
    assert harvest(database, desk)[2] == 2, "nothing changed"
    database.write(write_harvest, desk, "\u200b", "  \n ", 2)

    assert harvest(database, desk) == ("", "", 3)
    assert told(database, desk) == [("host 3", "harvest", "3")] * 2


def test_of_two_hosts_the_second_is_refused_and_overwrites_nothing(
    database: Database, desk: HostDesk
) -> None:
    """C06"""
    database.write(write_harvest, desk, "Die erste", "", 1)

    with pytest.raises(Stale):
        database.write(write_harvest, desk, "Die zweite", "", 1)

    assert harvest(database, desk) == ("Die erste", "", 2)


@pytest.mark.parametrize(
    ("sentence", "note", "field"),
    [("x" * 161, "", "key_sentence"), ("", "y" * 2001, "note"), ("x", "y\n" * 1001, "note")],
)
def test_too_long_a_harvest_names_its_field_and_changes_nothing(
    database: Database, desk: HostDesk, sentence: str, note: str, field: str
) -> None:
    """I04"""
    with pytest.raises(NotAcceptable) as refused:
        database.write(write_harvest, desk, sentence, note, 1)

    assert refused.value.field == field
    assert harvest(database, desk) == ("", "", 1)


def test_length_is_counted_as_people_count(database: Database, desk: HostDesk) -> None:
    """I04"""
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"

    database.write(write_harvest, desk, family * 160, "a\u0308" * 2000, 1)

    assert harvest(database, desk) == (family * 160, "ä" * 2000, 2)
