"""Stores cards, supports and words, one by one, within a batch's transaction.

They are rare beside dots, so they are written in SQLAlchemy's terms, the same for every database.
"""

import secrets
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlmodel import SQLModel, col

from app.cloud.forms import other_forms
from app.cloud.normalise import word_id
from app.errors import N_, NotAcceptable, Unknown
from app.feedback.commands import (
    SubmitCard,
    SubmitWord,
    SupportCard,
    SupportReceipt,
    TextReceipt,
    WithdrawCard,
    WithdrawWord,
)
from app.feedback.models import Card, Entry, State, Support, Word
from app.feedback.opening import DOTS_AND_CARDS, WORDS, WORDS_A_DEVICE, OpenEvent
from app.planning.models import this_minute


class Texts:
    """Each method decides from the rows it reads; a repetition gets its answer in every phase."""

    def __init__(self, connection: Connection) -> None:
        self._rows = connection.execute

    def submit_card(self, event: OpenEvent, command: SubmitCard) -> TextReceipt:
        known = self._card_state(command)
        if known is not None and command.otherwise is not None:
            stored = self._rows(select(col(Card.text)).where(*_sent(Card, command))).scalar()
            if stored != command.text:
                command.submission = command.otherwise
                known = self._card_state(command)
        if known is not None:
            return TextReceipt(command.submission, State(known), event.version)
        event.admit(DOTS_AND_CARDS)
        state = event.state_of_card(is_held=command.is_held)
        self._rows(
            insert(Card).values(
                event_id=event.id,
                id=secrets.token_hex(6),
                island_number=command.island_number,
                offer_key=command.offer_key,
                text=command.text,
                state=state,
                version=1,
                arrival=event.next_version,
                received_at=this_minute(),
                device=command.device,
                submission=command.submission,
                source=command.source,
            )
        )
        return _receipt(event, command.submission, state)

    def withdraw_card(self, event: OpenEvent, command: WithdrawCard) -> TextReceipt:
        known = self._card_state(command)
        if known is None:
            raise Unknown
        if known == State.withdrawn:
            return TextReceipt(command.submission, State.withdrawn, event.version)
        event.admit(DOTS_AND_CARDS)
        self._rows(
            update(Card)
            .where(*_sent(Card, command))
            .values(text="", state=State.withdrawn, version=col(Card.version) + 1)
        )
        return _receipt(event, command.submission, State.withdrawn)

    def support_card(self, event: OpenEvent, command: SupportCard) -> SupportReceipt:
        card = self._rows(
            select(col(Card.state), col(Card.device)).where(
                col(Card.event_id) == event.id, col(Card.id) == command.card_id
            )
        ).first()
        if card is None or card.state != State.approved:
            raise Unknown(N_("Diese Karte hängt nicht mehr."))
        if card.device == command.device:
            raise NotAcceptable(
                N_("Ihre eigene Karte können Sie nicht unterstützen."), field="support"
            )
        event.admit(DOTS_AND_CARDS)
        own = (
            col(Support.event_id) == event.id,
            col(Support.card_id) == command.card_id,
            col(Support.device) == command.device,
        )
        if bool(self._rows(select(1).where(*own)).scalar()) != command.supports:
            event.has_texts = True
            if command.supports:
                row = {"event_id": event.id, "card_id": command.card_id, "device": command.device}
                self._rows(insert(Support).values(row))
            else:
                self._rows(delete(Support).where(*own))
        version = event.next_version if event.has_texts else event.version
        return SupportReceipt(command.card_id, command.supports, version)

    def submit_word(self, event: OpenEvent, command: SubmitWord) -> TextReceipt:
        sent = self._rows(
            select(col(Entry.submission), col(Word.state))
            .outerjoin(
                Word,
                (col(Word.event_id) == col(Entry.event_id)) & (col(Word.id) == col(Entry.word_id)),
            )
            .where(col(Entry.event_id) == event.id, col(Entry.device) == command.device)
        ).all()
        for row in sent:
            if row.submission == command.submission:
                state = State(row.state or State.withdrawn)
                return TextReceipt(command.submission, state, event.version)
        event.admit(WORDS)
        if sum(row.state is not None for row in sent) >= WORDS_A_DEVICE:
            raise NotAcceptable(
                N_("Sie haben schon zwei Wörter gesendet. Sie können eines zurücknehmen."),
                field="text",
            )
        state = self._word_state(event, command)
        self._rows(
            insert(Entry).values(
                event_id=event.id,
                device=command.device,
                submission=command.submission,
                word_id=command.word_id,
                text=command.text,
                arrival=event.next_version,
            )
        )
        return _receipt(event, command.submission, state)

    def withdraw_word(self, event: OpenEvent, command: WithdrawWord) -> TextReceipt:
        entry = self._rows(select(col(Entry.word_id)).where(*_sent(Entry, command))).first()
        if entry is None:
            raise Unknown
        if entry.word_id is None:
            return TextReceipt(command.submission, State.withdrawn, event.version)
        event.admit(WORDS)
        self._rows(update(Entry).where(*_sent(Entry, command)).values(text="", word_id=None))
        self._forget_word(event.id, entry.word_id)
        return _receipt(event, command.submission, State.withdrawn)

    def _card_state(self, command: SubmitCard | WithdrawCard) -> str | None:
        state: str | None = self._rows(
            select(col(Card.state)).where(*_sent(Card, command))
        ).scalar()
        return state

    def _word_state(self, event: OpenEvent, command: SubmitWord) -> State:
        """The state of the word that the entry joins, which is made if need be. A new one joins another
        form of itself, unless the filter holds it."""
        word = (col(Word.event_id) == event.id, col(Word.id) == command.word_id)
        known: str | None = self._rows(select(col(Word.state)).where(*word)).scalar()
        if known is not None:
            self._rows(update(Word).where(*word).values(key=command.key))
            return State(known)
        state = event.state_of_word(is_held=command.is_held)
        merged_into = None
        relative = None if command.is_held else self._relative(event.id, command.key)
        if relative is not None:
            state, merged_into = relative.state, relative.merged_into or relative.id
        self._rows(
            insert(Word).values(
                event_id=event.id,
                id=command.word_id,
                key=command.key,
                state=state,
                merged_into=merged_into,
                version=1,
                arrival=event.next_version,
            )
        )
        return state

    def _relative(self, event_id: int, key: str) -> Row[str, str | None, State] | None:
        """The first other form of the word (`cloud.forms`) that was sent already."""
        ids = [word_id(form) for form in other_forms(key)]
        rows = self._rows(
            select(col(Word.id), col(Word.merged_into), col(Word.state)).where(
                col(Word.event_id) == event_id, col(Word.id).in_(ids)
            )
        ).all()
        return min(rows, key=lambda row: ids.index(row.id), default=None)

    def _forget_word(self, event_id: int, word_id: str) -> None:
        """The key is the text, so nobody's word is nowhere; but a hidden one stays hidden, without its
        text, when it comes again, and one that others were merged into stays for these."""
        word = (col(Word.event_id) == event_id, col(Word.id) == word_id)
        entries = (col(Entry.event_id) == event_id, col(Entry.word_id) == word_id)
        others = (col(Word.event_id) == event_id, col(Word.merged_into) == word_id)
        stored = self._rows(select(col(Word.state), col(Word.merged_into)).where(*word)).first()
        if stored is None or self._is_any(Entry, entries):
            return
        if self._is_any(Word, others):
            self._rows(update(Word).where(*word).values(key=""))
        elif stored.state == State.hidden:
            self._rows(update(Word).where(*word).values(key="", renamed=None))
        else:
            self._rows(delete(Word).where(*word))
        if stored.merged_into is not None:
            self._forget_word(event_id, stored.merged_into)

    def _is_any(self, table: type[SQLModel], conditions: tuple[Any, ...]) -> bool:
        return (
            self._rows(select(1).select_from(table).where(*conditions).limit(1)).first() is not None
        )


def _sent(table: type[SQLModel], command: Any) -> tuple[Any, ...]:
    """The row of `table` that this device sent with this submission."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    return (
        columns.event_id == command.event_id,
        columns.device == command.device,
        columns.submission == command.submission,
    )


def _receipt(event: OpenEvent, submission: str, state: State) -> TextReceipt:
    event.has_texts = True
    return TextReceipt(submission, state, event.next_version)
