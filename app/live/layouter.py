"""Places an event's words, off the loop and one layout at a time, and stores the places with them."""

import asyncio
import logging
from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.cloud.layout import Place, lay_out
from app.cloud.layout import Word as WordToPlace
from app.database import Database
from app.feedback.models import Word
from app.live.tally import ShownWord
from app.planning.models import Event
from app.planning.versions import raise_version

SETTLE_S = 1.0  # a layout moves few words at a time; after a burst the next ones follow calmly

_Places = dict[str, Place]


class Layouter:
    """Lays out whenever the words change, and again until nothing moves any more."""

    def __init__(self, event_id: int, database: Database) -> None:
        self._event_id = event_id
        self._database = database
        self._places: _Places | None = None  # as stored; read with the first words
        self._words: list[WordToPlace] = []
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._keep_placing())

    def words_are(self, words: Sequence[ShownWord]) -> None:
        """The approved words, most frequent first, with the places they have."""
        if self._places is None:
            self._places = _stored(words)
        to_place = [WordToPlace(word.id, word.text, word.count) for word in words]
        if to_place != self._words:
            self._words = to_place
            self._news.set()

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_placing(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while await self._has_moved():
                try:
                    await asyncio.wait_for(self._news.wait(), SETTLE_S)
                    self._news.clear()
                except TimeoutError:
                    pass

    async def _has_moved(self) -> bool:
        """One layout of the words as they are now; whether it changed anything."""
        before = self._places or {}
        try:
            self._places = await asyncio.to_thread(self._lay_out, self._words, before)
        except Exception:
            logging.getLogger(__name__).exception("the cloud could not be laid out")
            return False
        return self._places != before

    def _lay_out(self, words: list[WordToPlace], before: _Places) -> _Places:
        after = {place.id: place for place in lay_out(words, before)}
        moved = {
            word_id: after.get(word_id)
            for word_id in after.keys() | before.keys()
            if after.get(word_id) != before.get(word_id)
        }
        if moved:
            self._database.write(_store_places, self._event_id, moved)
        return after


def _stored(words: Sequence[ShownWord]) -> _Places:
    return {
        word.id: Place(word.id, word.x, word.y, word.size)
        for word in words
        if word.x is not None and word.y is not None and word.size is not None
    }


def _store_places(session: Session, event_id: int, places: dict[str, Place | None]) -> None:
    event = session.get_one(Event, event_id)
    rows = session.exec(
        select(Word).where(Word.event_id == event_id, col(Word.id).in_(list(places)))
    )
    for row in rows:
        place = places[row.id]
        row.x, row.y, row.size = (place.x, place.y, place.size) if place else (None, None, None)
        session.add(row)
    raise_version(session, event)
