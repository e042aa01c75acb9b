"""The directory answers from memory, and forgets an event as soon as it changes."""

import pytest
from sqlmodel import Session, select

from app.database import Database
from app.errors import Retired, Unknown
from app.planning.directory import Directory
from app.planning.models import Event, Island, Offer
from app.planning.versions import raise_version


def test_an_event_is_found_however_its_code_is_typed(database: Database, event: Event) -> None:
    directory = Directory(database)
    code = event.code

    typed = directory.event(f" {code[:3].lower()}-{code[3:]} ")

    assert typed.id == event.id
    assert directory.event(code) is typed
    for wrong in ("ZZZZZZ", "", "\x00", "x" * 10_000, "%"):
        with pytest.raises(Unknown):
            directory.event(wrong)


def test_what_changes_is_known_at_once(database: Database, event: Event) -> None:
    directory = Directory(database)
    assert directory.event(event.code).offer("streetwork").island_number == 12

    def retire(session: Session) -> None:
        offer = session.exec(select(Offer).where(Offer.key == "streetwork")).one()
        offer.is_retired = True
        session.add(offer)
        raise_version(session, session.get_one(Event, event.id), is_plan=True)

    database.write(retire)

    with pytest.raises(Retired):
        directory.event(event.code).offer("streetwork")


def test_the_offers_of_a_retired_island_are_retired_with_it(
    database: Database, event: Event
) -> None:
    def retire(session: Session) -> None:
        island = session.get_one(Island, (event.id, 12))
        island.is_retired = True
        session.add(island)
        raise_version(session, session.get_one(Event, event.id), is_plan=True)

    database.write(retire)
    facts = Directory(database).event(event.code)

    with pytest.raises(Retired):
        facts.offer("streetwork")
    with pytest.raises(Retired):
        facts.island(12)
    with pytest.raises(Unknown):
        facts.island(13)
    strange: object
    for strange in (None, 7, ["streetwork"], {}, "Streetwork", ""):
        with pytest.raises(Unknown):
            facts.offer(strange)


def test_what_was_read_before_a_change_is_not_remembered_after_it(
    database: Database, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = Directory(database)
    read = directory._read

    def change(session: Session) -> None:
        row = session.get_one(Event, event.id)
        row.device_secret = b"new"
        session.add(row)
        raise_version(session, row, is_plan=True)

    def read_slowly(code: str) -> object:
        facts = read(code)
        database.write(change)  # between reading and remembering
        return facts

    monkeypatch.setattr(directory, "_read", read_slowly)
    directory.event(event.code)
    monkeypatch.undo()

    assert directory.event(event.code).device_secret == b"new"
