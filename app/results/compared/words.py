"""The words of a series: those that all its events share, and those that stand out at one."""

from collections import defaultdict

from sqlalchemy import case, distinct, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.cloud.normalise import majority_spelling
from app.feedback.models import Entry, State, Word
from app.results.compared.values import ComparedWord, TypicalWord

LEAST_TYPICAL = 3  # devices: what two people wrote is no mark of a district
TIMES_ELSEWHERE = 2  # as frequent as at the other events together, at least
MOST_TYPICAL = 5  # of an event


def compared_words(session: Session, event_ids: list[int]) -> tuple[ComparedWord, ...]:
    """Approved words with what was merged into them, counted as in a report, most frequent first; the same
    at two events if their normal form is."""
    word, target = aliased(Word), aliased(Word)
    sent = (
        select(Entry)
        .join(word, (col(word.event_id) == Entry.event_id) & (col(word.id) == Entry.word_id))
        .join(
            target,
            (col(target.event_id) == word.event_id)
            & (col(target.id) == func.coalesce(word.merged_into, word.id)),
        )
        .where(col(Entry.event_id).in_(event_ids), target.state == State.approved)
    )
    devices = func.count(distinct(col(Entry.device)))
    one = (col(Entry.event_id), col(target.key))
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    renamed: dict[str, str] = {}
    for event_id, key, name, count in session.execute(
        sent.with_only_columns(*one, col(target.renamed), devices)
        .group_by(*one, col(target.renamed))
        .order_by(*one)
    ):
        counts[key][event_id] = count
        if name:
            renamed[key] = name
    spellings: dict[str, dict[str, int]] = defaultdict(dict)
    merged: dict[str, set[str]] = defaultdict(set)
    came_merged = func.max(case((col(word.merged_into).is_(None), 0), else_=1))
    for key, text, is_merged, count in session.execute(
        sent.with_only_columns(col(target.key), col(Entry.text), came_merged, devices).group_by(
            col(Entry.event_id), col(target.key), col(Entry.text)
        )
    ):
        spellings[key][text] = spellings[key].get(text, 0) + count
        if is_merged:
            merged[key].add(text)
    words = (
        ComparedWord(
            renamed.get(key)
            or majority_spelling(spellings[key], rather=spellings[key].keys() - merged[key]),
            tuple(counts[key].get(id, 0) for id in event_ids),
        )
        for key in counts
    )
    return tuple(sorted(words, key=lambda word: (-word.total, word.word.casefold(), word.word)))


def common_words(words: tuple[ComparedWord, ...]) -> tuple[ComparedWord, ...]:
    """Sent at every event at which any word was sent, if those are two at least."""
    places = _with_words(words)
    if len(places) < 2:  # nothing to share
        return ()
    return tuple(word for word in words if all(word.counts[at] for at in places))


def typical_words(words: tuple[ComparedWord, ...]) -> tuple[TypicalWord, ...]:
    """Event after event, at most MOST_TYPICAL each, the largest difference of shares first: sent by
    LEAST_TYPICAL devices there, and TIMES_ELSEWHERE as frequent as at all others together."""
    places = _with_words(words)
    if len(places) < 2:  # nothing to stand out from
        return ()
    sums = {at: sum(word.counts[at] for word in words) for at in places}
    everything = sum(sums.values())
    found: list[TypicalWord] = []
    for at in places:
        here = [
            TypicalWord(
                word=word.word,
                at=at,
                count=word.counts[at],
                share=word.counts[at] / sums[at],
                elsewhere=(word.total - word.counts[at]) / (everything - sums[at]),
            )
            for word in words
            if word.counts[at] >= LEAST_TYPICAL
        ]
        standing_out = [one for one in here if one.share >= TIMES_ELSEWHERE * one.elsewhere]
        standing_out.sort(key=lambda one: one.elsewhere - one.share)
        found += standing_out[:MOST_TYPICAL]
    return tuple(found)


def _with_words(words: tuple[ComparedWord, ...]) -> list[int]:
    """The places of the events at which any word was sent."""
    across = range(len(words[0].counts)) if words else range(0)
    return [at for at in across if any(word.counts[at] for word in words)]
