"""Compares what was acknowledged with what database, export and wall show. Pure functions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.operations.rehearsal.expected import (
    Between,
    expected_devices,
    expected_dots,
    withdrawals,
)
from app.operations.rehearsal.moment import Disagreement, Moment, Stored, StoredText
from app.operations.rehearsal.operation import Fate, Kind, Operation

CLOUD_SIZE = 80  # words that the wall shows at most
WITHDRAWN = "(withdrawn)"
Dots = dict[tuple[str, str], int]


def disagreements(
    operations: Sequence[Operation], before: Moment, after: Moment
) -> list[Disagreement]:
    """Everything that is not as `operations` say; empty when all agree.

    Numbers are compared by how much they grew since `before`, so the event need not be empty then.
    """
    return [
        *_contradictions(operations),
        *_wrong_dots(operations, before, after),
        *_wrong_devices(operations, before, after),
        *_wrong_texts(Kind.card, operations, before.stored.cards, after.stored.cards),
        *_wrong_texts(Kind.word, operations, before.stored.words, after.stored.words),
        *_wrong_export(after.stored),
        *_wrong_totals(after),
        *_wrong_clouds(after),
    ]


def _contradictions(operations: Iterable[Operation]) -> list[Disagreement]:
    return [
        Disagreement("answer", _name(operation), "what was sent", operation.contradiction)
        for operation in operations
        if operation.contradiction
    ]


def _wrong_dots(
    operations: Iterable[Operation], before: Moment, after: Moment
) -> list[Disagreement]:
    """By the operations; where these leave it open, all must still say what the export says."""
    expected = expected_dots(operations)
    grown = {
        where: _growth(_dots(before.shown[where]), _dots(state))
        for where, state in after.shown.items()
    }
    exported = grown["results.json"]
    found = []
    for where, dots in grown.items():
        for key in sorted(expected.keys() | dots.keys() | exported.keys()):
            number, allowed = dots.get(key, 0), expected.get(key, Between(0, 0))
            if number not in allowed:
                found.append(Disagreement(where, ": ".join(key), str(allowed), str(number)))
            elif number != exported.get(key, 0):
                found.append(
                    Disagreement(where, ": ".join(key), str(exported.get(key, 0)), str(number))
                )
    return found


def _dots(state: Mapping[str, Any]) -> Dots:
    return {
        (offer["key"], knows): offer[knows]
        for island in state["islands"]
        for offer in island["offers"]
        for knows in ("yes", "no")
    }


def _growth(before: Dots, after: Dots) -> Dots:
    grown = {key: after.get(key, 0) - before.get(key, 0) for key in before.keys() | after.keys()}
    return {key: number for key, number in grown.items() if number}


def _wrong_devices(
    operations: Iterable[Operation], before: Moment, after: Moment
) -> list[Disagreement]:
    expected = expected_devices(operations)
    grown = {
        where: state["devices"] - before.shown[where]["devices"]
        for where, state in after.shown.items()
    }
    return [
        Disagreement(where, "devices", str(expected), str(number))
        for where, number in grown.items()
        if number not in expected
    ]


def _wrong_texts(
    kind: Kind,
    operations: Sequence[Operation],
    before: Iterable[StoredText],
    after: Iterable[StoredText],
) -> list[Disagreement]:
    """Compares the database's rows one by one, by submission."""
    sent = {operation.submission: operation for operation in operations if operation.kind is kind}
    taken_back = withdrawals(operations)
    new, lost = _new_and_lost(before, after)
    found = [Disagreement("database", f"{kind} {row} from before", "1", "0") for row in lost]
    for submission, rows in new.items():
        if submission not in sent:
            what = f"{kind} {rows[0].text!r}"
            found.append(Disagreement("database", what, "0", str(len(rows))))
    for submission, operation in sent.items():
        allowed = _allowed(operation, taken_back.get(submission))
        contents = [_content(row) for row in new.get(submission, [])]
        if contents not in allowed:
            said = " | ".join(", ".join(texts) or "(nothing)" for texts in allowed)
            stored = ", ".join(contents) or "(nothing)"
            found.append(Disagreement("database", _name(operation), said, stored))
    return found


def _new_and_lost(
    before: Iterable[StoredText], after: Iterable[StoredText]
) -> tuple[dict[str, list[StoredText]], list[str]]:
    """The rows that came, by submission, and the submissions of those that went."""
    known = Counter(row.submission for row in before)
    new: dict[str, list[StoredText]] = {}
    for row in after:
        if known[row.submission]:
            known[row.submission] -= 1
        else:
            new.setdefault(row.submission, []).append(row)
    return new, list(known.elements())


def _allowed(operation: Operation, withdrawal: Fate | None) -> list[list[str]]:
    """What may be stored of a text: each a list of its rows' contents."""
    if operation.fate is Fate.refused:
        return [[]]
    if withdrawal is Fate.acknowledged:
        return [[WITHDRAWN]]
    allowed = [[operation.text]]
    if withdrawal is Fate.unanswered:
        allowed.append([WITHDRAWN])
    if operation.fate is Fate.unanswered:
        allowed.append([])
    return allowed


def _content(row: StoredText) -> str:
    if row.state == "withdrawn":  # its text must be gone as well, not only marked
        return f"{row.text} {WITHDRAWN}".strip()
    return row.text


def _wrong_export(stored: Stored) -> list[Disagreement]:
    """Whoever sent it: every approved text of the database is exported as often, and no other."""
    results = stored.results
    cards = Counter(card["text"] for island in results["islands"] for card in island["cards"])
    words: Counter[str] = Counter()
    for word in results["words"]:
        words.update({variant["text"]: variant["count"] for variant in word["variants"]})
    found = []
    for noun, rows, exported in (("card", stored.cards, cards), ("word", stored.words, words)):
        approved = Counter(row.text for row in rows if row.state == "approved")
        found += [
            Disagreement(
                "results.json", f"{noun} {text!r}", str(approved[text]), str(exported[text])
            )
            for text in sorted(approved.keys() | exported.keys())
            if approved[text] != exported[text]
        ]
    return found


def _wrong_totals(after: Moment) -> list[Disagreement]:
    results = after.stored.results
    found = []
    for where, state in after.shown.items():
        dots = _dots(state)
        expected = {
            knows: sum(number for (_, says), number in dots.items() if says == knows)
            for knows in ("yes", "no")
        }
        expected["cards"] = sum(row.state == "approved" for row in after.stored.cards)
        expected["words"] = len(results["words"])  # different ones
        found += [
            Disagreement(where, f"total of {noun}", str(number), str(state["totals"][noun]))
            for noun, number in expected.items()
            if state["totals"][noun] != number
        ]
    return found


def _wrong_clouds(after: Moment) -> list[Disagreement]:
    counts = {word["word"]: word["count"] for word in after.stored.results["words"]}
    found = []
    for where, cloud in (("wall", after.wall["cloud"]), ("live.json", after.live["cloud"])):
        found += [
            Disagreement(
                where,
                f"{word['word']!r} in the cloud",
                str(counts.get(word["word"], 0)),
                str(word["count"]),
            )
            for word in cloud
            if word["count"] != counts.get(word["word"], 0)
        ]
        if len(cloud) != min(CLOUD_SIZE, len(counts)):
            found.append(
                Disagreement(
                    where, "words in the cloud", str(min(CLOUD_SIZE, len(counts))), str(len(cloud))
                )
            )
    return found


def _name(operation: Operation) -> str:
    return f"{operation.kind} {operation.offer or operation.text!r} of device {operation.device}"
