"""Lookups find what is shown, in the plan's order, with one statement each."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from app.database import Database
from app.errors import Unknown
from app.planning.importing import import_plan
from app.planning.models import Event, Island, Offer
from app.planning.plan import Plan
from app.planning.queries import (
    contacts_of,
    event_by_code,
    event_by_key,
    event_by_key_or_code,
    islands_of,
    offers_of,
)


@pytest.fixture
def event(database: Database, plan: Plan) -> Event:
    turned = plan.model_copy(update={"islands": plan.islands[::-1]})
    database.write(import_plan, plan, rehearsal=False)
    retired = turned.model_copy(update={"islands": turned.islands[:-1]})
    other = plan.event.model_copy(update={"key": "andere"})
    database.write(import_plan, plan.model_copy(update={"event": other}), rehearsal=False)
    return database.write(import_plan, retired, rehearsal=False)


@pytest.mark.parametrize("spell", [str.upper, str.lower, lambda code: f" {code[:3]}-{code[3:]} "])
def test_an_event_is_found_by_its_code_however_it_is_typed(
    database: Database, event: Event, spell: Callable[[str], str]
) -> None:
    with database.read() as session:
        assert event_by_code(session, spell(event.code)).key == "mitte-styrum-2023"
        assert event_by_key_or_code(session, spell(event.code)).key == "mitte-styrum-2023"


def test_an_event_is_found_by_its_key(database: Database, event: Event) -> None:
    with database.read() as session:
        assert event_by_key(session, "mitte-styrum-2023").id == event.id
        assert event_by_key_or_code(session, "andere").key == "andere"


@pytest.mark.parametrize("find", [event_by_code, event_by_key, event_by_key_or_code])
@pytest.mark.parametrize("text", ["", "K7M4Q0", "mitte", "\x00" * 6, "K" * 20_000, "' OR 1=1"])
def test_an_unknown_event_is_refused(
    database: Database, event: Event, find: Callable[[Session, str], Event], text: str
) -> None:
    with database.read() as session, pytest.raises(Unknown):
        find(session, text)


def test_islands_offers_and_contacts_come_in_the_plans_order_without_the_retired(
    database: Database, event: Event, plan: Plan
) -> None:
    shown = plan.islands[:0:-1]

    with database.read() as session:
        assert [island.number for island in islands_of(session, event)] == list(range(12, 1, -1))
        assert [offer.key for offer in offers_of(session, event)] == [
            offer.key for island in shown for offer in island.offers
        ]
        assert [contact.url for contact in contacts_of(session, event)] == [
            contact.url for island in shown for contact in island.contacts
        ]
        assert [offer.key for offer in offers_of(session, event, 3)] == [
            "ehrenamtskarte",
            "ehrenamtsvermittlung",
        ]
        assert len(contacts_of(session, event, 7)) == 3
        assert offers_of(session, event, 1) == []
        assert contacts_of(session, event, 1) == []


def test_what_is_retired_by_hand_is_not_shown_either(
    database: Database, event: Event, plan: Plan
) -> None:
    def retire(session: Session) -> None:
        session.get_one(Offer, (event.id, "streetwork")).is_retired = True
        session.get_one(Island, (event.id, 2)).is_retired = True

    database.write(retire)

    shown = plan.islands[:1:-1]
    with database.read() as session:
        assert [offer.key for offer in offers_of(session, event)] == [
            offer.key for island in shown for offer in island.offers if offer.key != "streetwork"
        ]
        assert [contact.url for contact in contacts_of(session, event)] == [
            contact.url for island in shown for contact in island.contacts
        ]


def test_what_can_be_no_code_never_reaches_the_database(
    database: Database, statements: Any
) -> None:
    with database.read() as session, statements.of(session), pytest.raises(Unknown):
        event_by_code(session, "K7M4\x00X")

    assert statements == []


@pytest.mark.parametrize("find", [islands_of, offers_of, contacts_of])
@pytest.mark.parametrize("islands", [1, 3])
def test_a_list_takes_one_statement_however_long_it_is(
    database: Database,
    plan: Plan,
    statements: Any,
    find: Callable[[Session, Event], list[Any]],
    islands: int,
) -> None:
    short = plan.model_copy(update={"islands": plan.islands[:islands]})
    event = database.write(import_plan, short, rehearsal=False)

    with database.read() as session, statements.of(session):
        assert len(find(session, event)) >= islands

    assert len(statements) == 1
