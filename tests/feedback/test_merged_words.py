"""Words that are one for the cloud, as devices send and take them back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select, update

from app.cloud.normalise import key_of, word_id
from app.database import Database
from app.feedback.models import Entry, State, Word
from app.feedback.queries import own_words
from app.feedback.spellings import most_frequent_words, spelt_words
from app.planning.models import Approval, Phase
from tests.feedback.world import World


@pytest.fixture
def cloud(world: World, database: Database) -> Callable[[], dict[str, int]]:
    """Shown word → devices; the phase is that of the cloud."""
    world.set(phase=Phase.cloud)

    def read() -> dict[str, int]:
        with database.read() as session:
            return {spelt.text: spelt.count for spelt in spelt_words(session, world.event_id)}

    return read


def id_of(text: str) -> str:
    return word_id(key_of(text))


def stored(world: World) -> dict[str, tuple[str, str | None]]:
    """Key → state and what it was merged into, for every word there is."""
    return {word.key: (word.state, word.merged_into) for word in world.rows(select(Word))}


def put(world: World, text: str, **values: Any) -> None:
    """As a moderator would."""

    def change(session: Any) -> None:
        session.exec(update(Word).where(col(Word.id) == id_of(text)).values(**values))

    world.database.write(change)


def test_singular_and_plural_of_one_device_count_once(
    world: World, cloud: Callable[[], dict[str, int]]
) -> None:
    world.one(world.word("Baum", "w1", "ada"))
    world.one(world.word("Bäume", "w2", "ada"))
    world.one(world.word("Bäume", "w1", "ben"))

    assert cloud() == {"Bäume": 2}


def test_another_form_of_a_hidden_word_is_hidden(
    world: World, cloud: Callable[[], dict[str, int]]
) -> None:
    world.one(world.word("Schaf Gespräch", "w1", "ada"))
    put(world, "Schaf Gespräch", state=State.hidden)

    assert world.one(world.word("Schaf Gespräche", "w1", "ben")).state == State.hidden


def test_a_form_that_the_filter_holds_waits_alone(
    world: World, cloud: Callable[[], dict[str, int]]
) -> None:
    world.one(world.word("Baum", "w1", "ada"))

    assert world.one(world.word("Bäume", "w1", "ben", is_held=True)).state == State.waiting
    assert cloud() == {"Baum": 1, "Bäume": 1}


def test_where_words_wait_for_approval_a_form_of_an_approved_one_does_not(
    world: World, cloud: Callable[[], dict[str, int]]
) -> None:
    world.set(word_approval=Approval.first)
    assert world.one(world.word("Baum", "w1", "ada")).state == State.waiting
    put(world, "Baum", state=State.approved)

    assert world.one(world.word("Bäume", "w1", "ben")).state == State.approved


def test_the_words_a_wall_shows_are_those_that_lead_all_of_them(
    world: World, cloud: Callable[[], dict[str, int]]
) -> None:
    sent = ["Baum", "Bäume", "laut", "Laut", "bunt", "Idee", "Ideen", "Idee", "Mist", "still"]
    for number, text in enumerate(sent):
        world.one(world.word(text, "w1", f"device {number}"))
        world.one(world.word(text.upper(), "w2", f"device {number}"))
    put(world, "Mist", state=State.hidden)
    put(world, "laut", renamed="leise")
    last = max(entry.arrival for entry in world.rows(select(Entry)))

    with world.database.read() as session:
        approved = [s for s in spelt_words(session, world.event_id) if s.word.state == "approved"]
        assert most_frequent_words(session, world.event_id, 9) == (approved, 5)
        assert most_frequent_words(session, world.event_id, 2) == (approved[:2], 5)
        frozen = most_frequent_words(session, world.event_id, 9, until=last - 3)
        assert most_frequent_words(session, world.event_id, 9, until=0) == ([], 0)

    assert [(one.text, one.count) for one in approved] == [
        ("Idee", 3),
        ("Baum", 2),
        ("leise", 2),
        ("BUNT", 1),
        ("STILL", 1),
    ]
    assert [one.text for one in frozen[0]] == ["Idee", "Baum", "leise", "BUNT"]


def test_split_by_a_moderator_forms_stay_apart(
    world: World, cloud: Callable[[], dict[str, int]]
) -> None:
    world.one(world.word("Rat", "w1", "ada"))
    world.one(world.word("Räte", "w1", "ben"))
    put(world, "Räte", merged_into=None)

    world.one(world.word("Räte", "w1", "cem"))

    assert cloud() == {"Räte": 2, "Rat": 1}


def test_a_word_that_others_were_merged_into_stays_for_them_without_its_text(
    world: World, cloud: Callable[[], dict[str, int]]
) -> None:
    world.one(world.word("Baum", "w1", "ada"))
    world.one(world.word("Bäume", "w1", "ben"))

    world.one(world.withdraw_word("w1", "ada"))

    assert cloud() == {"Bäume": 1}
    assert stored(world) == {"": ("approved", None), "baeume": ("approved", id_of("Baum"))}
    world.one(world.word("Baum", "w2", "ada"))
    assert cloud() == {"Baum": 2}
    assert stored(world)["baum"] == ("approved", None)


def test_with_the_last_entry_nothing_is_left_of_the_whole_group(
    world: World, cloud: Callable[[], dict[str, int]]
) -> None:
    world.one(world.word("Baum", "w1", "ada"))
    world.one(world.word("Bäume", "w1", "ben"))
    put(world, "Baum", renamed="Wald")
    world.one(world.withdraw_word("w1", "ada"))
    assert cloud() == {"Wald": 1}

    world.one(world.withdraw_word("w1", "ben"))

    assert (cloud(), stored(world)) == ({}, {})


def test_a_hidden_group_stays_hidden_without_its_texts(
    world: World, cloud: Callable[[], dict[str, int]]
) -> None:
    world.one(world.word("Baum", "w1", "ada"))
    world.one(world.word("Bäume", "w1", "ben"))
    for text in ("Baum", "Bäume"):
        put(world, text, state=State.hidden, renamed="Wald" if text == "Baum" else None)
    for device in ("ada", "ben"):
        world.one(world.withdraw_word("w1", device))

    assert [(w.key, w.state) for w in world.rows(select(Word))] == [("", "hidden")] * 2
    assert world.one(world.word("Bäume", "w2", "cem")).state == State.hidden
    with world.database.read() as session:
        assert [word.state for word in own_words(session, world.event_id, "cem")] == ["hidden"]
