"""`worldcafe rehearse`: simulated attendees against the running server, with its own database to check."""

import asyncio
import json
from collections.abc import Callable

import httpx
from rich.console import Console
from sqlmodel import Session, select

from app.database import Database
from app.errors import N_, Failed
from app.feedback.models import Card, Entry, State, Word
from app.operations.commands import ask_server
from app.operations.rehearsal.moment import Stored, StoredText
from app.operations.rehearsal.outcome import Outcome
from app.operations.rehearsal.run import run_rehearsal
from app.planning.queries import event_by_key_or_code
from app.results.as_json import results_json
from app.results.report import read_report
from app.settings import Settings


def rehearse_event(
    settings: Settings,
    name: str,
    attendees: int,
    seconds: float,
    console: Console,
    _: Callable[[str], str],
) -> Outcome:
    """Raises Failed when no server runs, NotOpen when the event is no rehearsal."""
    address = ask_server(settings, "address")
    database = Database(settings)
    try:
        with database.read() as session:
            event = event_by_key_or_code(session, name)
            code, key = event.code, event.key

        async def enter_phase(phase: str) -> None:
            try:
                await asyncio.to_thread(ask_server, settings, "phase", event=key, phase=phase)
            except Failed as error:
                raise ConnectionError from error

        async def read_stored() -> Stored:
            return await asyncio.to_thread(_stored, database, key)

        return run_rehearsal(
            address,
            code,
            attendees=attendees,
            seconds=seconds,
            enter_phase=enter_phase,
            read_stored=read_stored,
            console=console,
            _=_,
        )
    except (httpx.TransportError, ConnectionError) as error:
        raise Failed(
            N_("Der Server antwortet nicht. Bitte zuerst starten: worldcafe serve")
        ) from error
    finally:
        database.close()


def _stored(database: Database, key: str) -> Stored:
    with database.read() as session:
        event = event_by_key_or_code(session, key)
        assert event.id is not None
        return Stored(
            results=json.loads(results_json(read_report(session, event))),
            cards=[
                StoredText(card.submission, card.text, card.state)
                for card in session.exec(select(Card).where(Card.event_id == event.id))
            ],
            words=_stored_words(session, event.id),
        )


def _stored_words(session: Session, event_id: int) -> list[StoredText]:
    states = {
        word.id: word.state for word in session.exec(select(Word).where(Word.event_id == event_id))
    }
    return [
        StoredText(
            entry.submission,
            entry.text,
            State.withdrawn if entry.word_id is None else states[entry.word_id],
        )
        for entry in session.exec(select(Entry).where(Entry.event_id == event_id))
    ]
