"""The journal numbers its lines and tells them newest first."""

import pytest

from app.errors import NotAcceptable, Stale
from app.feedback.models import Card, State, Word
from app.moderation.deciding import correct, decide, highlight
from app.moderation.settings import set_approval, set_held_words
from app.moderation.several import Seen, decide_on_several
from app.moderation.steering import draw_curtain, enter_phase, pause, reveal, turn_clock
from app.moderation.told import told_acts
from app.moderation.wiping import begin_rehearsal, end_rehearsal, reset
from app.planning.journal import act_and_record, journal, record
from app.planning.models import Approval, Phase


@pytest.fixture
def lines(database, event):
    """What the journal has, oldest first: name, subject, details."""

    def read():
        with database.read() as session:
            acts = journal(session, event.id)[::-1]
        return [(act.name, act.subject, act.details) for act in acts]

    return read


@pytest.fixture
def do(database, event):
    def act_at_the_desk(name, act, *values, subject="", **named):
        arguments = (event.id, "moderator 1", name, subject, act)
        database.write(act_and_record, *arguments, *values, **named)

    return act_at_the_desk


def test_acts_are_told_newest_first_with_who_and_what(database, event):
    database.write(record, event.id, "moderator 1", "hiding", "a1b2", before="waiting")
    database.write(record, event.id, "planner Kim", "phase", before="cafe", after="cloud")

    with database.read() as session:
        told = [
            (act.number, act.actor, act.name, act.subject, act.details)
            for act in journal(session, event.id)
        ]

    assert told == [
        (2, "planner Kim", "phase", "", {"before": "cafe", "after": "cloud"}),
        (1, "moderator 1", "hiding", "a1b2", {"before": "waiting"}),
    ]


def test_every_act_on_the_event_is_told_with_before_and_after(do, event, lines):
    do("phase", enter_phase, event.id, Phase.cloud)
    do("clock", turn_clock, event.id, True)
    do("clock", turn_clock, event.id, False, 600, 300)
    do("curtain", draw_curtain, event.id, True)
    do("pause", pause, event.id, True)
    do("reveal", reveal, event.id, False)
    do("settings", set_approval, event.id, Approval.at_once, Approval.at_once)
    do("settings", set_held_words, event.id, "depp\ndepp\n# nichts\nBlödsinn*")
    do("settings", set_held_words, event.id, None)
    do("rehearsal", begin_rehearsal, event.id)
    do("rehearsal", end_rehearsal, event.id, keep=True)
    do("reset", reset, event.id, "falscher Raum", event.code)

    assert lines() == [
        ("phase", "", {"before": "cafe", "after": "cloud"}),
        ("clock", "", {"running": True}),
        ("clock", "", {"running": False, "before_s": 4500, "after_s": 600, "round_s": 300}),
        ("curtain", "", {"after": True}),
        ("pause", "", {"after": True}),
        ("reveal", "", {"after": False}),
        ("settings", "", {"cards": "at_once"}),
        ("settings", "", {"entries": 2}),
        ("settings", "", {"entries": None}),
        ("rehearsal", "", {"after": "begun"}),
        ("rehearsal", "", {"after": "kept"}),
        ("reset", "", {"reason": "falscher Raum"}),
    ]


def test_what_changes_nothing_is_not_told(do, event, lines):
    do("phase", enter_phase, event.id, Phase.cafe)
    do("curtain", draw_curtain, event.id, False)
    do("settings", set_approval, event.id, Approval.first, None)
    do("settings", set_held_words, event.id, None)
    do("rehearsal", end_rehearsal, event.id, keep=False)

    assert lines() == []


def test_what_is_refused_is_not_told(do, event, sent, lines):
    card = sent.card("Mehr Feste")

    with pytest.raises(Stale):
        do("hiding", decide, Card, event.id, card, "hiding", 7, subject=card)
    with pytest.raises(NotAcceptable):
        do("clock", turn_clock, event.id, None, None, 59)

    assert lines() == []


def test_every_act_on_cards_and_words_is_told_without_its_text(do, event, sent, lines):
    card, word = sent.card("Herr Meier soll werben", island=3), sent.word("bunt", "ada")

    do("approval", decide, Card, event.id, card, "approval", 1, subject=card)
    do("correction", correct, event.id, card, "Mehr werben", 2, subject=card)
    do("highlighting", highlight, event.id, card, True, 3, subject=card)
    do("hiding", decide, Word, event.id, word, "hiding", 1, subject=word)

    assert lines() == [
        ("approval", card, {"of": "card", "island": 3, "before": "waiting", "after": "approved"}),
        ("correction", card, {"of": "card", "island": 3}),
        ("highlighting", card, {"of": "card", "island": 3, "after": True}),
        ("hiding", word, {"of": "word", "before": "approved", "after": "hidden"}),
    ]
    assert "Meier" not in str(lines())


def test_each_of_several_cards_has_its_line(database, event, sent, lines):
    one, two = sent.card("eins"), sent.card("zwei", island=2)
    cards = [Seen(one, 1, State.hidden), Seen(two, 1, State.hidden)]

    database.write(decide_on_several, event.id, "moderator 1", "hiding", cards)

    assert [(name, subject) for name, subject, _ in lines()] == [("hiding", one), ("hiding", two)]


def test_older_acts_are_told_on_the_next_page(database, event):
    for number in range(1, 6):
        database.write(record, event.id, "moderator 1", f"act {number}")

    with database.read() as session:
        first = [act.number for act in journal(session, event.id, most=2)]
        then = [act.number for act in journal(session, event.id, most=2, before=4)]

    assert (first, then) == ([5, 4], [3, 2])


def test_an_act_is_told_with_the_text_as_it_reads_now(database, event, sent, counted):
    card, gone, word = sent.card("jetzt so"), "card99", sent.word("bunt", "ada", "ben")
    for subject in (card, gone, word):
        database.write(record, event.id, "planner Kim Li", "hiding", subject)

    with database.read() as session:
        acts = journal(session, event.id)
        with counted(session) as statements:
            told = told_acts(session, event.id, acts)

    assert [(act.role, act.who, act.text) for act in told] == [
        ("planner", "Kim Li", "bunt"),
        ("planner", "Kim Li", None),
        ("planner", "Kim Li", "jetzt so"),
    ]
    assert len(statements) == 3
