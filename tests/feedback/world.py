"""A small world of commands: an event with the café open, and a store to send them to."""

from typing import Any

from sqlmodel import Session, col, delete, update

from app.cloud.normalise import key_of, word_id
from app.database import Database
from app.errors import Refusal
from app.feedback.commands import (
    Command,
    Committed,
    PlaceDot,
    Receipt,
    SubmitCard,
    SubmitWord,
    SupportCard,
    WithdrawCard,
    WithdrawWord,
)
from app.feedback.models import Card, Dot, Entry, Support, Word
from app.feedback.stores import store_of
from app.planning.models import Approval, Event, Phase


class World:
    """The example event's database, and what devices say to it."""

    def __init__(self, database: Database, event: Event) -> None:
        assert event.id is not None
        self.database, self.event_id, self.epoch = database, event.id, event.epoch

    def commit(self, *batch: Command) -> tuple[list[Receipt | Refusal], list[Committed]]:
        return self.database.on_writer(store_of(self.database).commit, batch).result(10)

    def one(self, command: Command) -> Any:
        """The outcome of a command that comes alone."""
        return self.commit(command)[0][0]

    def dot(
        self, offer: str, knows: bool | None, sequence: int | None = None, device: str = "ada"
    ) -> PlaceDot:
        return PlaceDot(self.event_id, device, offer, knows, sequence, epoch=self.epoch)

    def card(
        self,
        submission: str = "c1",
        device: str = "ada",
        text: str = "Mehr Bänke",
        island: int = 1,
        offer: str | None = None,
        is_held: bool = False,
    ) -> SubmitCard:
        return SubmitCard(
            self.event_id, device, submission, island, offer, text, is_held, epoch=self.epoch
        )

    def word(
        self,
        text: str = "spannend",
        submission: str = "w1",
        device: str = "ada",
        is_held: bool = False,
    ) -> SubmitWord:
        key = key_of(text)
        return SubmitWord(
            self.event_id, device, submission, text, key, word_id(key), is_held, epoch=self.epoch
        )

    def withdraw_card(self, submission: str = "c1", device: str = "ada") -> WithdrawCard:
        return WithdrawCard(self.event_id, device, submission, epoch=self.epoch)

    def withdraw_word(self, submission: str = "w1", device: str = "ada") -> WithdrawWord:
        return WithdrawWord(self.event_id, device, submission, epoch=self.epoch)

    def support(self, card_id: str, supports: bool = True, device: str = "bob") -> SupportCard:
        return SupportCard(self.event_id, device, card_id, supports, epoch=self.epoch)

    def set(self, **values: Any) -> None:
        """Changes the event's row."""

        def change(session: Session) -> None:
            session.exec(update(Event).where(col(Event.id) == self.event_id).values(**values))

        self.database.write(change)

    @property
    def version(self) -> int:
        with self.database.read() as session:
            return session.get_one(Event, self.event_id).version

    def rows(self, statement: Any) -> list[Any]:
        with self.database.read() as session:
            return list(session.exec(statement).all())

    def forget(self) -> None:
        """As at the beginning."""

        def wipe(session: Session) -> None:
            for table in (Support, Card, Entry, Word, Dot):
                session.exec(delete(table))

        self.database.write(wipe)
        self.set(
            phase=Phase.cafe,
            is_paused=False,
            card_approval=Approval.first,
            word_approval=Approval.at_once,
        )
