"""The program and the model side by side: how both are asked, and how one card or word is found in both."""

import asyncio
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlmodel import select

from app.cloud.normalise import word_id
from app.database import Database
from app.errors import Refusal
from app.feedback import commands
from app.feedback.ledger import Ledger
from app.feedback.models import Card, Source, Word
from app.feedback.stores import store_of
from app.live.hub import Hub
from app.planning.journal import act_and_record
from app.planning.plan import Plan
from tests.exactness.model import Card as ModelCard
from tests.exactness.model import Evening
from tests.exactness.words import KEYS
from tests.exactness.words import Word as ModelWord

SOURCES = {
    "ada": Source.phone,
    "bob": Source.phone,
    "cem": Source.phone,
    "at the tablet": Source.tablet,
    "next at the tablet": Source.tablet,
}
ISLANDS = [1, 2]
MODERATOR, HOST, PLANNER = "moderator 1", "host 2", "planner Kim"
LOOK_AT_FILES_EVERY = 6

devices = st.sampled_from([*SOURCES])
submissions = st.sampled_from(["s1", "s2", "s3"])
sentences = st.sampled_from(
    ["Mehr Bänke", "=SUMME(A1)", "Aushang\tim Bus;\n„heute“", "Bänke 👩‍👩‍👧"]
)
mostly = st.sampled_from([True] * 5 + [False])
rarely = st.sampled_from([False] * 5 + [True])
place = st.integers(0, 20)


class Both(RuleBasedStateMachine):
    """Subclassed with the database and the plan that it works on."""

    database: Database
    plan: Plan
    offers: list[str]
    event_id: int
    code: str
    evening: Evening

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(self._open())
        self.steps = 0
        self.paper_ids: dict[tuple[str, str], str] = {}

    async def _open(self) -> None:
        self.hub = Hub(self.database)
        self.ledger = Ledger(self.database, store_of(self.database), self.hub.committed)

    def agree(self, expected: Callable[[], object], real: Callable[[], object]) -> None:
        """Done by both, or refused by both for the same reason."""
        assert refusal_of(real) == refusal_of(expected)

    def write(self, action: Any, *values: Any, **named: Any) -> Any:
        return self.database.write(action, *values, **named)

    def recorded(self, name: str, subject: str, act: Any, *values: Any, **named: Any) -> Any:
        return self.write(
            act_and_record, self.event_id, MODERATOR, name, subject, act, self.event_id, *values,
            **named,
        )  # fmt: skip

    def sent(self, *batch: commands.Command) -> list[Any]:
        """Receipts and refusals of what is sent at the same moment."""

        async def send() -> list[Any]:
            return await asyncio.gather(
                *(self.ledger.enter(command) for command in batch), return_exceptions=True
            )

        return [
            type(one) if isinstance(one, Refusal) else one
            for one in self.loop.run_until_complete(send())
        ]

    # --- one of them ------------------------------------------------------------------------------

    def card(self, at: int) -> tuple[str, ModelCard]:
        """One of them all, by its id and as the model has it."""
        model = [*self.evening.cards.items()]
        (device, submission), card = model[at % len(model)]
        return self.ids()[device, submission], card

    def ids(self) -> dict[tuple[str, str], str]:
        """A card typed in by a host is known by its text, which makes its own submission."""
        with self.database.read() as session:
            rows = session.exec(select(Card).where(Card.event_id == self.event_id)).all()
        ids = {(row.device, row.submission): row.id for row in rows if row.source != Source.paper}
        return ids | self.paper_ids

    def word(self, at: int) -> tuple[str, int]:
        words = [*self.evening.words.words.items()]
        key, word = words[at % len(words)]
        return key, word.version

    def stored_words(self) -> dict[str, ModelWord]:
        keys = {word_id(key): key for key in KEYS.values()}
        with self.database.read() as session:
            rows = session.exec(
                select(Word).where(Word.event_id == self.event_id).order_by(Word.arrival, Word.id)
            ).all()
        return {
            keys[row.id]: ModelWord(
                str(row.state),
                keys[row.merged_into] if row.merged_into else None,
                row.renamed,
                row.version,
            )
            for row in rows
        }


def outcome(act: Callable[[], object]) -> Any:
    try:
        return act()
    except Refusal as refusal:
        return type(refusal)


def refusal_of(act: Callable[[], object]) -> type[Refusal] | None:
    try:
        act()
    except Refusal as refusal:
        return type(refusal)
    return None


def text_of(receipt: Any) -> Any:
    if isinstance(receipt, commands.TextReceipt):
        return receipt.submission, str(receipt.state)
    return receipt


def without_versions(words: dict[str, ModelWord]) -> dict[str, tuple[str, str | None, str | None]]:
    return {key: (word.state, word.merged_into, word.renamed) for key, word in words.items()}
