"""What is looked at along the way and at the end: rows, walls and files, all against the model."""

import asyncio
import json
import sys
from typing import Any

from hypothesis.stateful import invariant
from sqlmodel import select

from app.cloud.normalise import word_id
from app.feedback import commands
from app.feedback.models import Card, Dot, Entry
from app.live.reading import read_tally
from app.live.state import wall_state
from app.moderation import (
    sealing,
    steering,
    wiping,
)
from app.planning.models import Event, Phase
from app.results.report import read_report
from tests.exactness.both import LOOK_AT_FILES_EVERY, PLANNER, Both
from tests.exactness.shown import in_files, in_the_model_s_results, on_a_wall, on_the_model_s_wall


class Looking(Both):
    @invariant()
    def look(self) -> None:
        self.steps += 1
        if self.steps % 2 == 0:
            self.look_at_walls()
        if self.steps % LOOK_AT_FILES_EVERY == 0:
            self.look_at_rows()
            self.look_at_files()

    def look_at_rows(self) -> None:
        with self.database.read() as session:
            dots = session.exec(select(Dot).where(Dot.event_id == self.event_id)).all()
            cards = session.exec(select(Card).where(Card.event_id == self.event_id)).all()
            entries = session.exec(select(Entry).where(Entry.event_id == self.event_id)).all()
        assert {
            (dot.device, dot.offer_key): (dot.knows, dot.sequence, dot.source) for dot in dots
        } == {key: (dot.knows, dot.sequence, dot.source) for key, dot in self.evening.dots.items()}
        ids = self.ids()
        assert {
            card.id: (card.text, card.state, card.version, card.is_highlighted) for card in cards
        } == {
            ids[key]: (card.text, card.state, card.version, card.is_highlighted)
            for key, card in self.evening.cards.items()
        }
        assert {(one.device, one.submission): (one.text, one.word_id) for one in entries} == {
            sent: (one.text, word_id(one.key) if one.key else None)
            for sent, one in self.evening.words.entries.items()
        }
        assert self.stored_words() == self.evening.words.words

    def look_at_walls(self) -> None:
        """What moved with every change, what is read anew, and what should be there."""
        moved, read = self.loop.run_until_complete(self._settled())
        del moved["clock"], read["clock"]
        assert moved == read
        assert on_a_wall(read) == on_the_model_s_wall(self.evening)

    async def _settled(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Once the room shows what is stored, and every word has its place."""
        room = self.hub.room(self.event_id)
        async with asyncio.timeout(30):
            await room.tally()
            while True:
                with self.database.read() as session:
                    tally = read_tally(session, self.event_id)
                assert tally is not None
                if room.version == tally.version and all(word.size for word in tally.words):
                    return json.loads(room.state), json.loads(json.dumps(wall_state(tally, 0)))
                await asyncio.sleep(0.002)

    def look_at_files(self) -> None:
        with self.database.read() as session:
            report = read_report(session, session.get_one(Event, self.event_id))
        assert in_files(report) == in_the_model_s_results(self.evening)

    # --- the end --------------------------------------------------------------------------------------

    def end(self) -> None:
        """Whatever has become of it, it is closed and sealed; nothing that counts is another number."""
        self.look_at_rows()
        self.look_at_walls()
        self.look_at_files()
        self.recorded("rehearsal", "", wiping.end_rehearsal, keep=True)
        self.evening.end_rehearsal(keep=True)
        self.recorded("phase", "", steering.enter_phase, Phase.closed)
        self.evening.phase = "closed"
        before = self.evening.epoch
        self.write(sealing.seal, self.event_id, PLANNER)
        self.evening.seal()
        late = commands.PlaceDot(self.event_id, "ada", self.offers[0], True, 2**50, epoch=before)
        assert [one.__name__ for one in self.sent(late)] == ["CannotStore"]
        self.look_at_walls()
        self.look_at_files()

    def teardown(self) -> None:
        async def close() -> None:
            await self.ledger.close()
            await self.hub.close()

        try:
            if hasattr(self, "evening") and not self.has_failed:
                self.end()
        finally:
            self.loop.run_until_complete(close())
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()

    @property
    def has_failed(self) -> bool:
        return sys.exc_info()[0] is not None
