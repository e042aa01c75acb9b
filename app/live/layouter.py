"""Places an event's words, off the loop and one layout at a time, and stores the places with them."""

import asyncio
import logging
from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.cloud.layout import Place, lay_out
from app.cloud.layout import Word as WordToPlace
from app.database import Database
from app.feedback.models import Word
from app.live.reading import shown_words
from app.live.tally import ShownWord
from app.planning.models import Event
from app.planning.versions import raise_version

SETTLE_S = 1.0  # a layout moves few words at a time; after a burst the next ones follow calmly

_Places = dict[str, Place]


class Layouter:
    """Lays out whenever the words change, and again until nothing moves any more.

    It remembers nothing but the words as they were read last: the places are those of the rows.
    """

    def __init__(self, event_id: int, database: Database) -> None:
        self._event_id = event_id
        self._database = database
        self._words: Sequence[ShownWord] = ()
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._keep_placing())

    def words_are(self, words: Sequence[ShownWord]) -> None:
        """The words that are shown, most frequent first, with the places they have."""
        if _to_place(words) != _to_place(self._words) or _has_homeless(words):
            self._news.set()
        self._words = words

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_placing(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while await self._lays_out():
                try:
                    await asyncio.wait_for(self._news.wait(), SETTLE_S)
                    self._news.clear()
                except TimeoutError:
                    pass

    async def _lays_out(self) -> bool:
        """One layout of the words as they are now; whether there may be more to do."""
        try:
            return await asyncio.to_thread(self._lay_out, self._words)
        except Exception:
            logging.getLogger(__name__).exception("the cloud could not be laid out")
            return True

    def _lay_out(self, words: Sequence[ShownWord]) -> bool:
        before = _stored(words)
        after = {place.id: place for place in lay_out(_to_place(words), before)}
        moved = {id: place for id, place in after.items() if place != before.get(id)}
        if moved:
            self._database.write(_store_moved, self._event_id, moved, before)
        return bool(moved)


def arrange_afresh(session: Session, event_id: int) -> None:
    """The whole picture anew, as large as it can be: after many votes, of which each moved hardly
    anything, it has grown loose. Takes the writer 40 ms."""
    event = session.get_one(Event, event_id)
    words, _count = shown_words(session, event_id, event.cloud_frozen_at)
    _store_places(session, event_id, {each.id: each for each in lay_out(_to_place(words), {})})


def _to_place(words: Sequence[ShownWord]) -> list[WordToPlace]:
    return [WordToPlace(word.id, word.text, word.count) for word in words]


def _has_homeless(words: Sequence[ShownWord]) -> bool:
    return any(word.size is None for word in words)


def _stored(words: Sequence[ShownWord]) -> _Places:
    return {
        word.id: Place(word.id, word.x, word.y, word.size)
        for word in words
        if word.x is not None and word.y is not None and word.size is not None
    }


def _store_moved(session: Session, event_id: int, moved: _Places, before: _Places) -> None:
    """Nothing if any of the words has moved since: the layouter of another node was faster, or somebody
    arranged them afresh. Its places are read next, and the layout goes on from these."""
    shown = list(before.keys() | moved.keys())
    stored = session.exec(
        select(Word.id, Word.x, Word.y, Word.size).where(
            Word.event_id == event_id, col(Word.id).in_(shown)
        )
    )
    for id, x, y, size in stored:
        place = before.get(id)
        if (x, y, size) != ((place.x, place.y, place.size) if place else (None, None, None)):
            return
    _store_places(session, event_id, moved)


def _store_places(session: Session, event_id: int, places: _Places) -> None:
    event = session.get_one(Event, event_id)
    rows = session.exec(
        select(Word).where(Word.event_id == event_id, col(Word.id).in_(list(places)))
    )
    for row in rows:
        place = places[row.id]
        row.x, row.y, row.size = place.x, place.y, place.size
        session.add(row)
    raise_version(session, event)
