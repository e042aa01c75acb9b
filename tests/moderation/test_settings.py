"""Who looks at a text first, and which words wait: set at the desk, in force with the next text."""

import pytest

from app.errors import NotAcceptable
from app.moderation.settings import set_approval, set_held_words
from app.planning.directory import Directory
from app.planning.models import Approval


def test_what_is_not_named_stays(database, event, now):
    database.write(set_approval, event.id, Approval.at_once, None)
    assert (now().card_approval, now().word_approval) == ("at_once", "at_once")

    database.write(set_approval, event.id, None, Approval.first)
    assert (now().card_approval, now().word_approval) == ("at_once", "first")


def test_a_new_list_is_known_at_the_door_at_once(database, event, now):
    directory = Directory(database)
    assert directory.event(event.code).held_words is None

    database.write(set_held_words, event.id, "depp\n\n# so\nBlödsinn*\n")
    assert directory.event(event.code).held_words == "depp\nBlödsinn*"

    database.write(set_held_words, event.id, "")
    assert directory.event(event.code).held_words == ""

    database.write(set_held_words, event.id, None)
    assert directory.event(event.code).held_words is None


@pytest.mark.parametrize(
    "listed",
    ["\n".join(f"wort{chr(97 + n % 26)}{n}" for n in range(1001)), "x" * 61],
)
def test_a_list_without_end_is_refused(database, event, now, listed):
    version = now().version

    with pytest.raises(NotAcceptable):
        database.write(set_held_words, event.id, listed)

    assert (now().held_words, now().version) == (None, version)
