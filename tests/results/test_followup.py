"""Cards into groups, and what becomes of each: by one planner, and by two at the same time."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.database import Database
from app.errors import NotAcceptable, Stale
from app.feedback.models import Card, State, Support
from app.planning.copying import copy_event
from app.planning.journal import Act
from app.planning.models import Event, Phase
from app.results.followup.groups import GroupFacts, change_group, dissolve_group, place_group
from app.results.followup.models import GroupedCard, Progress
from app.results.followup.moving import NEW, NONE, SeenCard, move_cards
from app.results.followup.outcomes import (
    TO_MAKE_KNOWN,
    WHAT_IS_MISSING,
    outcomes_of,
    write_outcomes,
)
from app.results.followup.queries import groups_with_cards, ungrouped_cards, ungrouped_counts
from tests.moderation.conftest import Sent, _counted

ADA = "planner Ada"
Do = Callable[..., Any]


@pytest.fixture
def cards(database: Database, event: Event) -> list[str]:
    """Three approved ones at two islands; of the others nobody speaks."""
    sent = Sent(database, event)
    approved = State.approved
    ids = [
        sent.card("Mehr Aushänge", state=approved, offer="umweltberatung"),
        sent.card("Aushänge im Hausflur", state=approved),
        sent.card("Ein Podcast", state=approved, island=2),
    ]
    sent.card("Wartet noch")
    sent.card("Verborgen", state=State.hidden)
    assert event.id is not None
    support = Support(event_id=event.id, card_id=ids[1], device="ben")
    database.write(lambda session: session.add(support))
    return ids


@pytest.fixture
def do(database: Database, event: Event) -> Do:
    """`do(act, …)` as Ada."""
    return lambda act, *values: database.write(act, event.id, ADA, *values)


def seen(*ids: str, group: str = NONE) -> list[SeenCard]:
    return [SeenCard(id, group) for id in ids]


def board(database: Database, event: Event) -> dict[str, list[str]]:
    """Group title → its cards' ids; under "" those in none."""
    assert event.id is not None
    with database.read() as session:
        groups = groups_with_cards(session, event.id)
        rest = ungrouped_cards(session, event.id, None, 100)
    return {each.group.title: [card.id for card in each.cards] for each in groups} | {
        "": [card.id for card in rest]
    }


def facts(**said: Any) -> GroupFacts:
    usual = {"title": "Aushänge", "outcome": "", "department": "", "reason": ""}
    return GroupFacts(**(usual | {"progress": Progress.open} | said))


def version(database: Database, event: Event) -> int:
    with database.read() as session:
        return session.get_one(Event, event.id).version


def test_approved_cards_are_offered_island_by_island_most_supported_first(
    database: Database, event: Event, cards: list[str]
) -> None:
    first, second, third = cards

    assert board(database, event) == {"": [second, first, third]}
    with database.read() as session:
        assert event.id is not None
        assert ungrouped_counts(session, event.id) == {1: 2, 2: 1}
        of_one = ungrouped_cards(session, event.id, 1, 1)
    assert [(card.id, card.supports, card.offer) for card in of_one] == [(second, 1, "")]


def test_cards_go_into_a_new_group_another_one_and_out_again(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    first, second, third = cards

    notices = do(move_cards, seen(first, second), NEW, " Aushänge ")
    podcast = do(move_cards, seen(third), NEW, "Podcast")
    assert board(database, event) == {"Aushänge": [second, first], "Podcast": [third], "": []}
    do(move_cards, seen(first, group=notices) + seen(third, group=podcast), notices)
    do(move_cards, seen(second, group=notices), NONE)

    assert board(database, event) == {"Aushänge": [first, third], "Podcast": [], "": [second]}


def test_a_card_that_is_named_twice_is_moved_once(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    do(move_cards, seen(cards[0], cards[0]), NEW, "Aushänge")

    assert board(database, event)["Aushänge"] == [cards[0]]


def test_a_card_that_may_still_be_withdrawn_gives_no_group_its_title(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    do(move_cards, seen(cards[0]), NEW, "", "Gruppe")
    do(move_cards, seen(cards[1]), NEW, " ", "Gruppe")

    assert board(database, event) == {
        "Gruppe 1": [cards[0]],
        "Gruppe 2": [cards[1]],
        "": [cards[2]],
    }


def test_a_long_card_gives_its_new_group_a_short_title(
    database: Database, event: Event, do: Do
) -> None:
    database.write(lambda session: setattr(session.merge(event), "phase", Phase.closed))
    sent = Sent(database, event)
    long = sent.card("Mehr Aushänge " * 20, state=State.approved)
    one_word = sent.card("W" * 280, state=State.approved)

    for card in (long, one_word):
        do(move_cards, seen(card), NEW)

    titles = list(board(database, event))
    assert titles[:2] == [("Mehr Aushänge " * 4).strip() + " …", "W" * 60 + " …"]


def test_what_is_said_of_a_group_is_kept(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    group = do(move_cards, seen(cards[0]), NEW)
    said = facts(
        title="Sichtbar werden",
        outcome="Material",
        department="Bereich 2-2",
        progress=Progress.not_possible,
        reason="Kein Geld.\n\nNächstes Jahr wieder.",
    )

    do(change_group, group, said, 1)

    with database.read() as session:
        assert event.id is not None
        (kept,) = groups_with_cards(session, event.id)
    row = kept.group
    assert (row.title, row.outcome, row.department, row.progress, row.reason, row.version) == (
        *("Sichtbar werden", "Material", "Bereich 2-2", "not_possible"),
        *("Kein Geld.\n\nNächstes Jahr wieder.", 2),
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"outcome": "Erfunden"}, "outcome"),
        ({"department": "x" * 121}, "department"),
        ({"reason": "x" * 2001}, "note"),
    ],
)
def test_what_does_not_fit_is_refused(
    database: Database, event: Event, cards: list[str], do: Do, said: dict, field: str
) -> None:
    group = do(move_cards, seen(cards[0]), NEW)
    before = version(database, event)

    with pytest.raises(NotAcceptable) as refused:
        do(change_group, group, facts(**said), 1)

    assert (refused.value.field, version(database, event)) == (field, before)


def test_groups_are_put_in_order_and_dissolved(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    a, _, c = (
        do(move_cards, seen(card), NEW, name) for card, name in zip(cards, "abc", strict=True)
    )

    for group, direction in ((c, "up"), (c, "up"), (c, "up"), (a, "down")):
        do(place_group, group, direction, 1)
    assert list(board(database, event)) == ["c", "b", "a", ""]
    do(dissolve_group, a, 1)

    assert board(database, event) == {"c": [cards[2]], "b": [cards[1]], "": [cards[0]]}


def test_of_two_planners_the_second_changes_nothing(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    """C06"""
    first, second, third = cards
    group = do(move_cards, seen(first), NEW, "Ada")
    do(change_group, group, facts(title="Ada war schneller"), 1)
    before = version(database, event)

    for act, *values in (
        (move_cards, seen(second, first), NEW, "Bo"),  # one of them is in a group by now
        (move_cards, seen(second), "gone"),
        (move_cards, seen(second, group=group), NONE),
        (change_group, group, facts(title="Bo"), 1),
        (place_group, group, "down", 1),
        (dissolve_group, group, 1),
        (dissolve_group, "gone", 1),
        (write_outcomes, "Alles\nNichts", "was anderes"),
    ):
        with pytest.raises(Stale):
            do(act, *values)

    assert board(database, event) == {"Ada war schneller": [first], "": [second, third]}
    assert version(database, event) == before


def test_two_planners_may_fill_one_group_while_a_third_describes_it(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    group = do(move_cards, seen(cards[0]), NEW, "Aushänge")
    do(move_cards, seen(cards[1]), group)
    do(move_cards, seen(cards[2]), group)

    do(change_group, group, facts(title="Sichtbar"), 1)

    assert sorted(board(database, event)["Sichtbar"]) == sorted(cards)


def test_a_card_that_is_hidden_leaves_its_group_until_it_is_shown_again(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    group = do(move_cards, seen(*cards), NEW, "Alle")

    def turn(session: Session, state: State) -> None:
        session.get_one(Card, (event.id, cards[0])).state = state

    database.write(turn, State.hidden)
    assert board(database, event) == {"Alle": [cards[1], cards[2]], "": []}
    with pytest.raises(Stale):
        do(move_cards, seen(cards[0], group=group), NONE)
    database.write(turn, State.approved)

    assert board(database, event) == {"Alle": [cards[1], cards[0], cards[2]], "": []}


def test_every_act_raises_the_version_and_is_in_the_journal_without_a_text(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    before = version(database, event)
    other = do(move_cards, seen(cards[1]), NEW, "geheim")
    group = do(move_cards, seen(cards[0]), NEW, "geheim")
    do(change_group, group, facts(title="geheim", progress=Progress.done), 1)
    do(place_group, group, "up", 2)
    do(dissolve_group, group, 2)
    do(write_outcomes, "Eins\nZwei", "\r\n".join(TO_MAKE_KNOWN["de"]))

    with database.read() as session:
        acts = session.exec(
            select(Act).where(Act.event_id == event.id).order_by(col(Act.number))
        ).all()
        told = [(act.actor, act.name, act.subject, act.details) for act in acts][-6:]
        assert session.exec(select(GroupedCard.group_id)).all() == [other]
    assert told == [
        (ADA, "grouping", other, {"cards": 1}),
        (ADA, "grouping", group, {"cards": 1}),
        (ADA, "group-change", group, {"progress": "done"}),
        (ADA, "group-place", group, {}),
        (ADA, "group-dissolving", group, {}),
        (ADA, "outcomes", "", {"entries": 2}),
    ]
    assert version(database, event) == before + 6


@pytest.mark.parametrize(
    ("question", "locale", "outcomes"),
    [
        ("Wie kann das Angebot bekannter gemacht werden?", "de", TO_MAKE_KNOWN["de"]),
        ("Was fehlt in Ihrem Stadtteil?", "de", WHAT_IS_MISSING["de"]),
        ("How can more people get to know this offer?", "en", TO_MAKE_KNOWN["en"]),
        ("What is missing here?", "en-GB", WHAT_IS_MISSING["en"]),
        ("Comment faire connaître l’offre ?", "fr", TO_MAKE_KNOWN["de"]),
    ],
)
def test_the_usual_outcomes_answer_the_card_question(
    event: Event, question: str, locale: str, outcomes: list[str]
) -> None:
    event.card_question, event.locale = question, locale

    assert outcomes_of(event) == outcomes


def test_an_event_has_a_list_of_its_own_and_groups_keep_what_they_have(
    database: Database, event: Event, cards: list[str], do: Do
) -> None:
    group = do(move_cards, seen(cards[0]), NEW)
    do(change_group, group, facts(outcome="Digital"), 1)

    do(write_outcomes, " Sofort \n\nSofort\r\nSpäter\u202e", "\n".join(TO_MAKE_KNOWN["de"]))
    do(change_group, group, facts(outcome="Digital", department="IT"), 2)
    with pytest.raises(NotAcceptable):
        do(change_group, group, facts(outcome="Material"), 3)
    do(change_group, group, facts(outcome="Später"), 3)

    with database.read() as session:
        assert outcomes_of(session.get_one(Event, event.id)) == ["Sofort", "Später"]
    do(write_outcomes, " \n", "Sofort\nSpäter")
    with database.read() as session:
        assert session.get_one(Event, event.id).outcomes is None


@pytest.mark.parametrize(
    "text",
    ["x" * 61, "\n".join(map(str, range(21)))],
    ids=["too long", "too many"],
)
def test_lists_of_outcomes_are_bounded(event: Event, do: Do, text: str) -> None:
    with pytest.raises(NotAcceptable) as refused:
        do(write_outcomes, text, "\n".join(outcomes_of(event)))

    assert refused.value.field == "outcomes"


@pytest.mark.parametrize("count", [1, 3])
def test_groups_with_all_their_cards_are_read_in_one_query(
    database: Database, event: Event, cards: list[str], do: Do, count: int
) -> None:
    for card in cards[:count]:
        do(move_cards, seen(card), NEW)

    with database.read() as session, _counted(session) as statements:
        assert event.id is not None
        groups = groups_with_cards(session, event.id)

    assert (len(groups), len(statements)) == (count, 1)


def test_a_copy_for_the_next_district_has_the_same_list(
    database: Database, event: Event, do: Do
) -> None:
    """So that the series can be compared."""
    do(write_outcomes, "Sofort\nSpäter", "\n".join(outcomes_of(event)))
    values = {"title": "Kopie", "district": "Osterfeld", "date": datetime.date(2023, 9, 20)}

    copy = database.write(copy_event, event.key, "planner Ada", values, rehearsal=True)

    assert outcomes_of(copy) == ["Sofort", "Später"]
