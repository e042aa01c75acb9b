"""The state as walls get it: what is best of many cards, and what the curtain takes out."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session

from app.database import Database
from app.feedback.models import Card, State, Support
from app.live.ranking import best_cards
from app.live.reading import read_tally
from app.live.state import phone_state, wall_state
from app.live.tally import ShownCard
from app.planning.clock import set_clock
from app.planning.models import Event, Island
from app.planning.versions import raise_version


def hang(
    session: Session, event: Event, id: str, island: int = 1, supports: int = 0, **facts: Any
) -> None:
    values = {"text": id, "state": State.approved, "arrival": 1, "device": id, "submission": id}
    assert event.id is not None
    session.add(
        Card(
            event_id=event.id,
            id=id,
            island_number=island,
            received_at=datetime(2023, 11, 7, 18, 0, tzinfo=UTC),
            **values | facts,
        )
    )
    session.flush()
    for number in range(supports):
        session.add(Support(event_id=event.id, card_id=id, device=f"device {number}"))


def state_of(database: Database, event: Event) -> dict[str, Any]:
    assert event.id is not None
    with database.read() as session:
        tally = read_tally(session, event.id)
    assert tally is not None
    return wall_state(tally, 0)


def test_of_every_island_the_best_and_of_all_the_most_supported_are_told(
    database: Database, event: Event
) -> None:
    def write(session: Session) -> None:
        for number in range(70):
            hang(session, event, f"old-{number}", island=2, arrival=number + 10)
        hang(session, event, "chosen", island=1, arrival=1, is_highlighted=True)
        hang(session, event, "liked", island=1, supports=3, arrival=2)
        hang(session, event, "hidden", island=1, supports=9, state=State.hidden)
        hang(session, event, "late", island=3, arrival=500)
        raise_version(session, session.get_one(Event, event.id))

    database.write(write)
    state = state_of(database, event)

    newest_of_two = ["old-69", "old-68", "old-67"]
    assert [card["id"] for card in state["best"]] == ["chosen", "liked", "late", *newest_of_two]
    assert state["best"][0] == {
        "id": "chosen", "island": 1, "offer": None, "text": "chosen", "supports": 0,
        "highlighted": True,
    }  # fmt: skip
    assert len(state["cards"]) == 60


def test_the_most_supported_are_told_though_their_island_has_better_ones() -> None:
    cards = [ShownCard(f"card-{n}", 1, None, "x", supports=n) for n in range(20)]
    assert [card.supports for card in best_cards(cards)] == list(range(19, 7, -1))
    assert best_cards([]) == []


def test_the_curtain_takes_key_sentences_and_the_best_cards_away(
    database: Database, event: Event
) -> None:
    def write(session: Session, has_curtain: bool) -> None:
        stored = session.get_one(Event, event.id)
        island = session.get_one(Island, (event.id, 5))
        stored.has_curtain, island.key_sentence = has_curtain, "Mehr Sprachkurse am Abend!"
        if session.get(Card, (event.id, "one")) is None:
            hang(session, event, "one", island=5)
        session.add_all([stored, island])
        raise_version(session, stored)

    database.write(write, False)
    shown = state_of(database, event)
    database.write(write, True)
    covered = state_of(database, event)

    sentences = {island["key_sentence"] for island in shown["islands"]}
    assert sentences == {"", "Mehr Sprachkurse am Abend!"}
    assert [card["id"] for card in shown["best"]] == ["one"]
    assert {island["key_sentence"] for island in covered["islands"]} == {""}
    assert covered["best"] == []
    assert [island["title"] for island in covered["islands"]] == [
        island["title"] for island in shown["islands"]
    ]


def test_a_frozen_cloud_is_said_to_be_frozen(database: Database, event: Event) -> None:
    def freeze(session: Session, at: int | None) -> None:
        stored = session.get_one(Event, event.id)
        stored.cloud_frozen_at = at
        session.add(stored)

    told = []
    for at in (None, 7):
        database.write(freeze, at)
        told.append(state_of(database, event)["frozen"])
    assert told == [False, True]


@pytest.mark.parametrize(("round_s", "told"), [(None, None), (1500, 1500), (0, None)])
def test_walls_and_phones_are_told_the_length_of_a_round(
    database: Database, event: Event, round_s: int | None, told: int | None
) -> None:
    def turn(session: Session) -> None:
        stored = session.get_one(Event, event.id)
        set_clock(stored, round_s=round_s)
        session.add(stored)

    database.write(turn)
    assert event.id is not None
    with database.read() as session:
        tally = read_tally(session, event.id)

    assert tally is not None
    clock = {"running": False, "remaining_s": 4500, "total_s": 4500, "round_s": told}
    assert wall_state(tally, 0)["clock"] == clock
    assert phone_state(tally)["clock"] == clock


def test_a_round_that_is_set_is_left_alone_by_everything_else(event: Event) -> None:
    set_clock(event, round_s=900)
    set_clock(event, running=True, remaining_s=600)
    assert event.clock_round_s == 900
