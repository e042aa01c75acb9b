"""The queue lists what is to be decided in the order in which it is to be decided."""

import pytest

from app.feedback.models import State
from app.moderation import queue
from app.moderation.queue import ListedCard, listed_cards


def test_waiting_cards_stand_oldest_first_and_say_where_they_belong(database, event, sent):
    first = sent.card("Mehr Aushänge", island=1, offer="umweltberatung")
    sent.card("längst entschieden", state=State.approved)
    second = sent.card("Mehr Feste", island=3)

    with database.read() as session:
        cards = listed_cards(session, event.id, State.waiting)

    assert cards == [
        ListedCard(
            first,
            1,
            "Wohnumfeld",
            "Umwelt- und Abfallberatung",
            "Mehr Aushänge",
            State.waiting,
            1,
            False,
        ),
        ListedCard(second, 3, "Ehrenamt", None, "Mehr Feste", State.waiting, 1, False),
    ]


def test_waiting_cards_that_the_filter_held_stand_before_the_others(database, event, sent):
    sent.card("Mehr Feste")
    number, mail = sent.card("Ruft an: 0208 1234567"), sent.card("Mail an ada@example.org")

    with database.read() as session:
        cards = listed_cards(session, event.id, State.waiting)

    assert [(card.id, card.is_held) for card in cards] == [
        (number, True),
        (mail, True),
        ("card1", False),
    ]


def test_what_somebody_has_decided_on_is_not_held_any_more(database, event, sent):
    sent.card("Ruft an: 0208 1234567", state=State.approved)

    with database.read() as session:
        (card,) = listed_cards(session, event.id, State.approved)

    assert card.is_held is False


@pytest.mark.parametrize("state", [State.approved, State.hidden])
def test_decided_cards_stand_newest_first(database, event, sent, state):
    older, newer = sent.card("eins", state=state), sent.card("zwei", state=state)

    with database.read() as session:
        cards = listed_cards(session, event.id, state)

    assert [card.id for card in cards] == [newer, older]


def test_a_long_queue_lists_the_oldest_first_and_no_more_than_its_length(
    database, event, sent, monkeypatch
):
    monkeypatch.setattr(queue, "LISTED", 2)
    first, second, _third = (sent.card(text) for text in ("eins", "zwei", "drei"))

    with database.read() as session:
        cards = listed_cards(session, event.id, State.waiting)

    assert [card.id for card in cards] == [first, second]


def test_three_items_take_as_many_queries_as_one(database, event, sent, counted):
    def queries():
        with database.read() as session, counted(session) as statements:
            listed = listed_cards(session, event.id, State.waiting)
        return len(listed), len(statements)

    sent.card("eins", offer="umweltberatung")
    assert queries() == (1, 1)

    sent.card("zwei", island=2)
    sent.card("drei", island=3)
    assert queries() == (3, 1)
