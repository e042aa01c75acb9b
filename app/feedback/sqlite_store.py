"""Writes the ledger's batches into SQLite: all dots as two statements, cards and words one by one.

Everything is decided from rows read in the same transaction, and there is one writer: nothing is lost
between reading and writing.
"""

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection

from app.errors import N_, NotAcceptable, NotOpen, Refusal, Unknown
from app.feedback.commands import (
    Command,
    Committed,
    DotMoved,
    DotReceipt,
    PlaceDot,
    Receipt,
    SubmitCard,
    SubmitWord,
    SupportCard,
    SupportReceipt,
    TextReceipt,
    WithdrawCard,
    WithdrawWord,
)
from app.feedback.models import Source, State
from app.planning.models import Approval, Phase

MAX_WORDS = 2  # a device
DOTS_AND_CARDS = (Phase.cafe, Phase.cloud)  # in the cloud phase for those who were late or offline
WORDS = (Phase.cloud,)

_EVENTS = """
    SELECT id, version, phase, is_paused, card_approval, word_approval FROM event
    WHERE id IN (SELECT value FROM json_each(?))"""
_STORED_DOTS = """
    SELECT dot.event_id, dot.device, dot.offer_key, dot.knows, dot.sequence, dot.source
    FROM json_each(?) JOIN dot ON dot.event_id = json_extract(value, '$[0]')
        AND dot.device = json_extract(value, '$[1]') AND dot.offer_key = json_extract(value, '$[2]')"""
_UPSERT_DOTS = """
    INSERT INTO dot (event_id, device, offer_key, knows, sequence, source)
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
           json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]')
    FROM json_each(?) WHERE true
    ON CONFLICT (event_id, device, offer_key) DO UPDATE
    SET knows = excluded.knows, sequence = excluded.sequence, source = excluded.source"""

# The key is the text, so nobody's word is nowhere; but a hidden one stays hidden when it comes again.
_DELETE_WORD = """
    DELETE FROM word WHERE event_id = ? AND id = ? AND state != ? AND NOT EXISTS
    (SELECT 1 FROM entry WHERE event_id = word.event_id AND word_id = word.id)"""
_FORGET_WORD = """
    UPDATE word SET key = '' WHERE event_id = ? AND id = ? AND state = ? AND NOT EXISTS
    (SELECT 1 FROM entry WHERE event_id = word.event_id AND word_id = word.id)"""

_DotKey = tuple[int, str, str]


@dataclass(slots=True)
class _Event:
    """An event as it is within this transaction, and what the batch changes about it."""

    id: int
    version: int
    phase: str
    is_paused: bool
    card_approval: str
    word_approval: str
    moved: dict[_DotKey, DotMoved] = field(default_factory=dict)
    has_texts: bool = False

    @property
    def next_version(self) -> int:
        return self.version + 1

    def admit(self, phases: tuple[Phase, ...]) -> None:
        if self.phase not in phases:
            raise NotOpen(
                N_("Die Veranstaltung ist noch nicht geöffnet.")
                if self.phase == Phase.setup
                else N_("Die Veranstaltung ist beendet. Vielen Dank!")
                if self.phase == Phase.closed
                else N_("Die Wortwolke beginnt erst nach dem World Café.")
            )
        if self.is_paused:
            raise NotOpen(N_("Gerade ist Pause. Gleich geht es weiter."))


@dataclass(slots=True)
class _Dot:
    knows: bool | None
    sequence: int
    source: Source


class SqliteStore:
    """The ledger's store on SQLite (3.38 or newer)."""

    def commit(
        self, connection: Connection, batch: Sequence[Command]
    ) -> tuple[list[Receipt | Refusal], list[Committed]]:
        """See `ledger.Store.commit`. Raises what the database raises; then nothing of the batch is
        stored."""
        return _Batch(connection, batch).run()


class _Batch:
    def __init__(self, connection: Connection, batch: Sequence[Command]) -> None:
        self._rows = connection.exec_driver_sql
        self._commands = batch
        self._events = self._read_events()
        self._dots = self._read_dots()

    def run(self) -> tuple[list[Receipt | Refusal], list[Committed]]:
        outcomes = [self._outcome(command) for command in self._commands]
        self._write_dots()
        return outcomes, self._raise_versions()

    def _outcome(self, command: Command) -> Receipt | Refusal:
        event = self._events.get(command.event_id)
        try:
            return self._do(event, command) if event else Unknown()
        except Refusal as refusal:
            return refusal

    def _do(self, event: _Event, command: Command) -> Receipt:
        match command:
            case PlaceDot():
                return self._place_dot(event, command)
            case SubmitCard():
                return self._submit_card(event, command)
            case WithdrawCard():
                return self._withdraw_card(event, command)
            case SupportCard():
                return self._support_card(event, command)
            case SubmitWord():
                return self._submit_word(event, command)
            case WithdrawWord():
                return self._withdraw_word(event, command)

    # --- dots ---------------------------------------------------------------------------------

    def _place_dot(self, event: _Event, command: PlaceDot) -> DotReceipt:
        key = (event.id, command.device, command.offer_key)
        stored = self._dots.get(key)
        sequence = command.sequence
        if stored is None or (sequence, command.knows) != (stored.sequence, stored.knows):
            event.admit(DOTS_AND_CARDS)  # a repetition gets its answer whatever the phase is by now
        if sequence is None:
            sequence = max(int(time.time() * 1000), stored.sequence + 1 if stored else 0)
        if stored is None or sequence > stored.sequence:
            self._note(event, key, command, stored)
            self._dots[key] = _Dot(command.knows, sequence, command.source)
            return DotReceipt(
                "counted", command.offer_key, command.knows, sequence, event.next_version
            )
        is_repeated = (sequence, command.knows) == (stored.sequence, stored.knows)
        return DotReceipt(
            "counted" if is_repeated else "superseded",
            command.offer_key,
            stored.knows,
            stored.sequence,
            event.next_version if key in event.moved else event.version,
        )

    def _note(self, event: _Event, key: _DotKey, command: PlaceDot, stored: _Dot | None) -> None:
        earlier = event.moved.get(key)
        event.moved[key] = DotMoved(
            offer_key=command.offer_key,
            device=command.device,
            source=command.source,
            before=earlier.before if earlier else stored.knows if stored else None,
            after=command.knows,
        )

    def _write_dots(self) -> None:
        keys = sorted(key for event in self._events.values() for key in event.moved)
        if keys:
            rows = [
                [*key, dot.knows, dot.sequence, dot.source]
                for key, dot in ((key, self._dots[key]) for key in keys)
            ]
            self._rows(_UPSERT_DOTS, (json.dumps(rows),))

    # --- cards --------------------------------------------------------------------------------

    def _submit_card(self, event: _Event, command: SubmitCard) -> TextReceipt:
        known = self._card_state(event, command)
        if known is not None:
            return TextReceipt(command.submission, State(known), event.version)
        event.admit(DOTS_AND_CARDS)
        is_shown = event.card_approval == Approval.at_once and not command.is_held
        state = State.approved if is_shown else State.waiting
        self._rows(
            "INSERT INTO card (event_id, id, island_number, offer_key, text, state, version, arrival,"
            " received_at, device, submission) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
            (
                event.id,
                secrets.token_hex(6),
                command.island_number,
                command.offer_key,
                command.text,
                state,
                event.next_version,
                datetime.now(UTC).replace(second=0, microsecond=0, tzinfo=None).isoformat(" ")
                + ".000000",
                command.device,
                command.submission,
            ),
        )
        return self._text_receipt(event, command.submission, state)

    def _withdraw_card(self, event: _Event, command: WithdrawCard) -> TextReceipt:
        known = self._card_state(event, command)
        if known is None:
            raise Unknown
        if known == State.withdrawn:
            return TextReceipt(command.submission, State.withdrawn, event.version)
        event.admit(DOTS_AND_CARDS)
        self._rows(
            "UPDATE card SET text = '', state = ?, version = version + 1"
            " WHERE event_id = ? AND device = ? AND submission = ?",
            (State.withdrawn, event.id, command.device, command.submission),
        )
        return self._text_receipt(event, command.submission, State.withdrawn)

    def _card_state(self, event: _Event, command: SubmitCard | WithdrawCard) -> str | None:
        found: str | None = self._rows(
            "SELECT state FROM card WHERE event_id = ? AND device = ? AND submission = ?",
            (event.id, command.device, command.submission),
        ).scalar()
        return found

    def _support_card(self, event: _Event, command: SupportCard) -> SupportReceipt:
        row = self._rows(
            "SELECT state, device FROM card WHERE event_id = ? AND id = ?",
            (event.id, command.card_id),
        ).first()
        if row is None or row.state != State.approved:
            raise Unknown
        if row.device == command.device:
            raise NotAcceptable(N_("Ihre eigene Karte können Sie nicht unterstützen."), field="support")
        event.admit(DOTS_AND_CARDS)
        support = (event.id, command.card_id, command.device)
        sql = (
            "INSERT INTO support (event_id, card_id, device) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            if command.supports
            else "DELETE FROM support WHERE event_id = ? AND card_id = ? AND device = ?"
        )
        if self._rows(sql, support).rowcount:
            event.has_texts = True
        version = event.next_version if event.has_texts else event.version
        return SupportReceipt(command.card_id, command.supports, version)

    # --- words --------------------------------------------------------------------------------

    def _submit_word(self, event: _Event, command: SubmitWord) -> TextReceipt:
        sent = self._rows(
            "SELECT submission, word.state FROM entry LEFT JOIN word"
            " ON word.event_id = entry.event_id AND word.id = entry.word_id"
            " WHERE entry.event_id = ? AND device = ?",
            (event.id, command.device),
        ).all()
        for row in sent:
            if row.submission == command.submission:
                state = State(row.state or State.withdrawn)
                return TextReceipt(command.submission, state, event.version)
        event.admit(WORDS)
        if sum(row.state is not None for row in sent) >= MAX_WORDS:
            raise NotAcceptable(
                N_("Sie haben schon zwei Wörter gesendet. Sie können eines zurücknehmen."),
                field="text",
            )
        is_shown = event.word_approval == Approval.at_once and not command.is_held
        state = self._rows(
            "INSERT INTO word (event_id, id, key, state, version, arrival) VALUES (?, ?, ?, ?, 1, ?)"
            " ON CONFLICT (event_id, id) DO UPDATE SET key = excluded.key RETURNING state",
            (
                event.id,
                command.word_id,
                command.key,
                State.approved if is_shown else State.waiting,
                event.next_version,
            ),
        ).scalar_one()
        self._rows(
            "INSERT INTO entry (event_id, device, submission, word_id, text, arrival)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                event.id,
                command.device,
                command.submission,
                command.word_id,
                command.text,
                event.next_version,
            ),
        )
        return self._text_receipt(event, command.submission, State(state))

    def _withdraw_word(self, event: _Event, command: WithdrawWord) -> TextReceipt:
        entry = (event.id, command.device, command.submission)
        row = self._rows(
            "SELECT word_id FROM entry WHERE event_id = ? AND device = ? AND submission = ?", entry
        ).first()
        if row is None:
            raise Unknown
        if row.word_id is None:
            return TextReceipt(command.submission, State.withdrawn, event.version)
        event.admit(WORDS)
        self._rows(
            "UPDATE entry SET text = '', word_id = NULL"
            " WHERE event_id = ? AND device = ? AND submission = ?",
            entry,
        )
        self._rows(_FORGET_WORD, (event.id, row.word_id, State.hidden))
        self._rows(_DELETE_WORD, (event.id, row.word_id, State.hidden))
        return self._text_receipt(event, command.submission, State.withdrawn)

    # --- reading and versions -----------------------------------------------------------------

    def _text_receipt(self, event: _Event, submission: str, state: State) -> TextReceipt:
        event.has_texts = True
        return TextReceipt(submission, state, event.next_version)

    def _read_events(self) -> dict[int, _Event]:
        ids = {command.event_id for command in self._commands}
        rows = self._rows(_EVENTS, (json.dumps(sorted(ids)),))
        return {row.id: _Event(*row) for row in rows}

    def _read_dots(self) -> dict[_DotKey, _Dot]:
        keys = {
            (command.event_id, command.device, command.offer_key)
            for command in self._commands
            if isinstance(command, PlaceDot)
        }
        if not keys:
            return {}
        rows = self._rows(_STORED_DOTS, (json.dumps(sorted(keys)),))
        return {
            (event_id, device, offer_key): _Dot(
                None if knows is None else bool(knows), sequence, Source(source)
            )
            for event_id, device, offer_key, knows, sequence, source in rows
        }

    def _raise_versions(self) -> list[Committed]:
        changed = [event for event in self._events.values() if event.moved or event.has_texts]
        for event in changed:
            self._rows("UPDATE event SET version = version + 1 WHERE id = ?", (event.id,))
        return [
            Committed(event.id, event.next_version, tuple(event.moved.values()), event.has_texts)
            for event in changed
        ]
