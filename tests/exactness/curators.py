"""What moderators make of the words."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.cloud.normalise import word_id
from app.feedback.models import Word
from app.moderation import curating, deciding
from tests.exactness.both import MODERATOR, Both, mostly, place, rarely, without_versions


class Curators(Both):
    @precondition(lambda self: self.evening.words.words)
    @rule(
        at=place,
        act=st.sampled_from(["approval", "hiding", "hiding", "restoration"]),
        is_stale=rarely,
    )
    def decideon_word(self, at: int, act: str, is_stale: bool) -> None:
        key, version = self.word(at)
        version -= is_stale
        state = "hidden" if act == "hiding" else "approved"
        self.agree(
            lambda: self.evening.words.decide(key, state, version),
            lambda: self.recorded(
                act, word_id(key), on_word(deciding.decide), word_id(key), act, version
            ),
        )

    @precondition(lambda self: len(self.evening.words.words) > 1)
    @rule(at=st.lists(place, min_size=1, max_size=3), into=place, is_into=mostly, is_stale=rarely)
    def merge(self, at: list[int], into: int, is_into: bool, is_stale: bool) -> None:
        seen = [self.word(one) for one in at]
        target = self.word(into) if is_into else None
        if is_stale:
            seen[0] = (seen[0][0], seen[0][1] - 1)
            target = self.word(into) if is_into else None
        named = [curating.Seen(word_id(key), version) for key, version in seen]
        real_into = curating.Seen(word_id(target[0]), target[1]) if target else None
        self.agree(
            lambda: self.evening.words.merge(seen, target),
            lambda: self.write(curating.merge, self.event_id, MODERATOR, real_into, named),
        )

    @precondition(lambda self: self.evening.words.words)
    @rule(at=place, is_stale=rarely)
    def split(self, at: int, is_stale: bool) -> None:
        key, version = self.word(at)
        self.agree(
            lambda: self.evening.words.split(key, version - is_stale),
            lambda: self.write(
                curating.split, self.event_id, MODERATOR, word_id(key), version - is_stale
            ),
        )

    @precondition(lambda self: self.evening.words.words)
    @rule(at=place, text=st.sampled_from(["Begegnung", "prima", ""]), is_stale=rarely)
    def rename(self, at: int, text: str, is_stale: bool) -> None:
        key, version = self.word(at)
        self.agree(
            lambda: self.evening.words.rename(key, text, version - is_stale),
            lambda: self.write(
                curating.rename, self.event_id, MODERATOR, word_id(key), text, version - is_stale
            ),
        )

    @precondition(lambda self: self.evening.words.acts)
    @rule()
    def undo(self) -> None:
        with self.database.read() as session:
            act = curating.last_undoable(session, self.event_id)
        assert act is not None
        self.write(curating.undo, self.event_id, MODERATOR, act.number)
        expected = self.evening.words.undone()
        now = self.stored_words()
        assert now.keys() == self.evening.words.words.keys()
        if expected is not None:
            assert without_versions(now) == without_versions(expected)
        self.evening.words.words = now


def on_word(act: Any) -> Any:
    return lambda session, event_id, *values: act(session, Word, event_id, *values)
