"""The small named world of these tests: what people sent to Mitte/Styrum, and a counter of queries."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import Session, select

from app.cloud.normalise import key_of, word_id
from app.database import Database
from app.feedback.models import Card, Entry, State, Word
from app.planning.models import Event
from tests.running import Server


class Sent:
    """Cards and words as they are stored, `arrival` in the order of the calls."""

    def __init__(self, database: Database, event: Event) -> None:
        assert event.id is not None
        self._database, self._event_id, self._arrival = database, event.id, 0

    def card(
        self, text: str, *, state: State = State.waiting, island: int = 1, offer: str | None = None
    ) -> str:
        """Returns the card's id."""
        self._arrival += 1
        card = Card(
            event_id=self._event_id,
            id=f"card{self._arrival}",
            island_number=island,
            offer_key=offer,
            text=text,
            state=state,
            arrival=self._arrival,
            received_at=datetime(2023, 8, 16, 17, 30, tzinfo=UTC),
            device="ada",
            submission=str(self._arrival),
        )
        self._database.write(lambda session: session.add(card))
        return f"card{self._arrival}"

    def word(self, text: str, *devices: str, state: State = State.approved) -> str:
        """Returns the word's id."""
        self._arrival += 1
        number, id = self._arrival, word_id(key_of(text))

        def add(session: Session) -> None:
            if session.get(Word, (self._event_id, id)) is None:
                word = Word(
                    event_id=self._event_id, id=id, key=key_of(text), state=state, arrival=number
                )
                session.add(word)
                session.flush()
            for device in devices:
                entry = Entry(
                    event_id=self._event_id,
                    device=device,
                    submission=str(number),
                    word_id=id,
                    text=text,
                    arrival=number,
                )
                session.add(entry)

        self._database.write(add)
        return id


def send_card(server: Server, text: str, island: int = 1) -> str:
    """Returns the card's id."""
    submission = secrets.token_hex(8)
    with closing(server.phone()) as phone:
        fields = {"island": island, "text": text, "submission": submission}
        phone.post(f"/e/{server.code}/cards", json=fields).raise_for_status()
    with server.reading() as session:
        return session.exec(select(Card.id).where(Card.submission == submission)).one()


@pytest.fixture
def sent(database: Database, event: Event) -> Sent:
    return Sent(database, event)


@pytest.fixture
def now(database: Database, event: Event) -> Callable[[], Event]:
    """The event as it is stored at this moment."""

    def read() -> Event:
        with database.read() as session:
            return session.get_one(Event, event.id)

    return read


@contextmanager
def _counted(session: Session) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    bind = session.get_bind()
    sqlalchemy_event.listen(bind, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sqlalchemy_event.remove(bind, "before_cursor_execute", note)


@pytest.fixture
def counted():
    """`with counted(session) as statements:` lists what was sent to the database."""
    return _counted
