"""A table of hard German spellings, and what the cloud makes of them when people really send them."""

import tomllib
from pathlib import Path

import pytest

from app.database import Database
from app.feedback.spellings import spelt_words
from app.feedback.text import cleaned_word
from app.planning.models import Event, Phase
from tests.feedback.world import World

TABLE = Path(__file__).with_name("spellings.toml")
WORDS = tomllib.loads(TABLE.read_text("utf-8"))["words"]


def cloud_of(database: Database, event: Event, sent: list[str]) -> dict[str, list[str]]:
    """Shown word → the spellings in it, when these texts are sent one after the other."""
    world = World(database, event)
    world.set(phase=Phase.cloud)
    for number, text in enumerate(sent):
        (receipt,), _ = world.commit(world.word(cleaned_word(text), device=f"device {number}"))
        assert receipt.state == "approved"  # type: ignore[union-attr]
    with database.read() as session:
        return {
            spelt.text: sorted(spelt.spellings) for spelt in spelt_words(session, world.event_id)
        }


@pytest.mark.parametrize("is_reversed", [False, True], ids=["as listed", "in reverse order"])
def test_what_means_the_same_is_one_word_and_everything_else_stays_apart(
    database: Database, event: Event, is_reversed: bool
) -> None:
    """I04"""
    sent = [text for word in WORDS for text in word["sent"]]
    assert len(set(sent)) >= 240

    cloud = cloud_of(database, event, sent[::-1] if is_reversed else sent)

    assert cloud == {
        word["shown"]: sorted({cleaned_word(text) for text in word["sent"]}) for word in WORDS
    }
