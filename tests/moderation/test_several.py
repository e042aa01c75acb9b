"""Many cards in one act: none is decided unseen, none is lost, and all of it can be taken back."""

import pytest
from sqlmodel import select

from app.errors import NotAcceptable, Unknown
from app.feedback.models import Card, State
from app.moderation.deciding import correct, decide, highlight, put
from app.moderation.several import Seen, decide_on_several, seen
from app.planning.journal import journal


def states(database, event):
    with database.read() as session:
        return {
            card.id: (card.state, card.version)
            for card in session.exec(select(Card).where(Card.event_id == event.id))
        }


def test_the_stale_ones_are_named_and_the_others_done(database, event, sent):
    """C06"""
    one, two, three = (sent.card(text) for text in ("eins", "zwei", "drei"))
    database.write(decide, Card, event.id, two, "hiding", 1)  # another moderator was quicker
    gone = sent.card("", state=State.withdrawn)
    cards = seen([f"{id}:1" for id in (one, two, three, gone)], State.approved)

    outcome = database.write(decide_on_several, event.id, "moderator 1", "approval", cards)

    assert outcome.stale == [two, gone]
    assert outcome.done == [Seen(one, 2, State.waiting), Seen(three, 2, State.waiting)]
    assert states(database, event) == {
        one: (State.approved, 2),
        two: (State.hidden, 2),
        three: (State.approved, 2),
        gone: (State.withdrawn, 1),
    }


def test_undoing_brings_each_back_to_where_it_was(database, event, sent):
    """C10"""
    waiting, approved = sent.card("eins"), sent.card("zwei", state=State.approved)
    hide = seen([f"{waiting}:1", f"{approved}:1"], State.hidden)
    done = database.write(decide_on_several, event.id, "moderator 1", "hiding", hide).done

    back = seen([f"{card.id}:{card.version}:{card.state}" for card in done])
    database.write(decide_on_several, event.id, "moderator 1", "undoing", back)

    assert states(database, event) == {waiting: (State.waiting, 3), approved: (State.approved, 3)}


def test_undoing_never_undoes_what_another_moderator_decided_since(database, event, sent):
    """C06"""
    card = sent.card("eins")
    database.write(decide, Card, event.id, card, "approval", 1)
    database.write(decide, Card, event.id, card, "hiding", 2)  # the other one

    outcome = database.write(
        decide_on_several, event.id, "moderator 1", "undoing", seen([f"{card}:2:waiting"])
    )

    assert (outcome.done, outcome.stale) == ([], [card])
    assert states(database, event) == {card: (State.hidden, 3)}


def test_a_card_that_never_was_refuses_all_of_them(database, event, sent):
    card = sent.card("eins")

    with pytest.raises(Unknown):
        database.write(
            decide_on_several,
            event.id,
            "moderator 1",
            "hiding",
            seen([f"{card}:1", "nobody:1"], State.hidden),
        )

    assert states(database, event) == {card: (State.waiting, 1)}


@pytest.mark.parametrize(
    ("cards", "state"),
    [
        ([], State.hidden),
        (["a"], State.hidden),
        (["a:b"], State.hidden),
        (["a:-1"], State.hidden),
        (["a:1:waiting"], State.hidden),
        (["a:1"], None),
        (["a:1:nowhere"], None),
        ([f"{n}:1" for n in range(501)], State.hidden),
    ],
)
def test_what_names_no_card_and_version_is_refused(cards, state):
    with pytest.raises(NotAcceptable):
        seen(cards, state)


def test_a_card_named_twice_is_decided_once():
    assert seen(["a:1", "a:1"], State.hidden) == [Seen("a", 1, State.hidden)]


def test_nobody_else_withdraws_a_card(database, event, sent):
    card = sent.card("eins")

    with pytest.raises(NotAcceptable):
        database.write(put, Card, event.id, card, State.withdrawn, 1)


def test_a_highlighted_card_stays_so_through_corrections(database, event, sent, now):
    card = sent.card("eins", state=State.approved)
    version = now().version

    database.write(highlight, event.id, card, True, 1)
    database.write(correct, event.id, card, "eins!", 2)

    with database.read() as session:
        stored = session.get_one(Card, (event.id, card))
    assert (stored.is_highlighted, stored.text, stored.version) == (True, "eins!", 3)
    assert now().version == version + 2  # walls are told


def test_many_cards_take_as_many_statements_as_one(database, event, sent, counted):
    """There is one writer: while it decides on a page of cards, the dots of a whole hall wait."""
    cards = [sent.card(f"Karte {number}") for number in range(1, 22)]

    def statements(session, ids):
        with counted(session) as sent_to_the_database:
            decide_on_several(
                session, event.id, "moderator 1", "approval", seen(ids, State.approved)
            )
            session.flush()
        return len(sent_to_the_database)

    one = database.write(statements, [f"{cards[0]}:1"])
    many = database.write(statements, [f"{card}:1" for card in cards[1:]])

    assert many == one
    assert set(states(database, event).values()) == {(State.approved, 2)}
    with database.read() as session:
        assert [act.number for act in journal(session, event.id)] == list(range(21, 0, -1))
