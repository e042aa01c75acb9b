"""The queue lists what is to be decided in the order in which it is to be decided."""

import pytest

from app.feedback.filter import Finding
from app.feedback.models import State, Support
from app.moderation import queue
from app.moderation.queue import ListedCard, counted_cards, listed_cards
from app.moderation.view import View


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
            is_highlighted=False,
            supports=0,
            findings=(),
        ),
        ListedCard(second, 3, "Ehrenamt", None, "Mehr Feste", State.waiting, 1, False, 0, ()),
    ]


def test_waiting_cards_that_the_filter_held_stand_before_the_others(database, event, sent):
    sent.card("Mehr Feste")
    number, mail = sent.card("Ruft an: 0208 1234567"), sent.card("Mail an ada@example.org")

    with database.read() as session:
        cards = listed_cards(session, event.id, State.waiting)

    assert [(card.id, card.findings) for card in cards] == [
        (number, (Finding.phone,)),
        (mail, (Finding.mail,)),
        ("card1", ()),
    ]


def test_the_event_s_own_list_decides_what_is_held(database, event, sent):
    sent.card("Konkurrenz belebt, ihr Deppen")

    with database.read() as session:
        (card,) = listed_cards(session, event.id, State.waiting, held_words="konkurrenz")
        (other,) = listed_cards(session, event.id, State.waiting, held_words="depot")

    assert (card.findings, other.findings) == ((Finding.listed,), ())


def test_each_card_says_how_many_find_the_same(database, event, sent):
    agreed, alone = sent.card("Mehr Feste"), sent.card("Weniger Feste")
    for device in ("ben", "eve"):
        support = Support(event_id=event.id, card_id=agreed, device=device)
        database.write(lambda session, row=support: session.add(row))

    with database.read() as session:
        cards = listed_cards(session, event.id, State.waiting)

    assert [(card.id, card.supports) for card in cards] == [(agreed, 2), (alone, 0)]


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


def test_nothing_in_a_long_queue_is_out_of_reach(database, event, sent, monkeypatch):
    """L12"""
    monkeypatch.setattr(queue, "LISTED", 2)
    ids = [sent.card(text) for text in ("eins", "zwei", "drei", "vier", "fünf")]

    with database.read() as session:
        first = listed_cards(session, event.id, State.waiting)
        pages = [
            [card.id for card in listed_cards(session, event.id, State.waiting, view)]
            for view in (View(state=State.waiting, page=page) for page in (1, 2, 3, 4))
        ]
        counted = counted_cards(session, event.id)

    assert [card.id for card in first] == ids[:2]
    assert pages == [ids[:2], ids[2:4], ids[4:], []]
    assert counted[State.waiting] == 5


@pytest.mark.parametrize(
    ("view", "found"),
    [
        (View(search="ÄPFEL"), ["Mehr Äpfel", "äpfel für alle"]),
        (View(search="100 %"), ["100 % gut_so"]),
        (View(search="_"), ["100 % gut_so"]),
        (View(island=3), ["äpfel für alle", "Birnen"]),
        (View(search="äpfel", island=3), ["äpfel für alle"]),
        (View(search="nirgends"), []),
    ],
)
def test_a_view_shows_what_it_names_in_text_and_number(database, event, sent, view, found):
    for text, island in (
        ("Mehr Äpfel", 1),
        ("äpfel für alle", 3),
        ("Birnen", 3),
        ("100 % gut_so", 1),
    ):
        sent.card(text, island=island)

    with database.read() as session:
        cards = listed_cards(session, event.id, State.waiting, view)
        counted = counted_cards(session, event.id, view)

    assert [card.text for card in cards] == found
    assert counted[State.waiting] == len(found)


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
