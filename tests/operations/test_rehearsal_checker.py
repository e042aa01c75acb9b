"""The rehearsal's checker finds what was lost, doubled, or never sent, and nothing else."""

from copy import deepcopy
from typing import Any

import pytest

from app.operations.rehearsal.checker import disagreements
from app.operations.rehearsal.expected import Between, expected_devices, expected_dots
from app.operations.rehearsal.moment import Disagreement, Moment, Stored, StoredText
from app.operations.rehearsal.operation import Fate, Kind, Operation


def dot(device: int, knows: str, fate: Fate = Fate.acknowledged, offer: str = "vhs") -> Operation:
    return Operation(device, Kind.dot, offer=offer, knows=knows, fate=fate)


def card(device: int, text: str, fate: Fate = Fate.acknowledged) -> Operation:
    return Operation(device, Kind.card, text=text, submission=f"card-{text}", fate=fate)


def word(device: int, text: str, fate: Fate = Fate.acknowledged) -> Operation:
    return Operation(device, Kind.word, text=text, submission=f"word-{device}-{text}", fate=fate)


def withdrawal_of(sent: Operation, fate: Fate = Fate.acknowledged) -> Operation:
    kind = Kind.card_withdrawal if sent.kind is Kind.card else Kind.word_withdrawal
    return Operation(sent.device, kind, submission=sent.submission, fate=fate)


def state(
    dots: dict[str, tuple[int, int]], devices: int, words: dict[str, int] | None = None
) -> dict[str, Any]:
    words = words or {}
    return {
        "devices": devices,
        "totals": {
            "yes": sum(yes for yes, _ in dots.values()),
            "no": sum(no for _, no in dots.values()),
            "cards": 0,
            "words": len(words),
        },
        "islands": [
            {
                "offers": [{"key": key, "yes": yes, "no": no} for key, (yes, no) in dots.items()],
                "cards": [],
            }
        ],
        "cloud": [{"word": word, "count": count} for word, count in words.items()],
        "words": [
            {"word": word, "count": count, "variants": [{"text": word, "count": count}]}
            for word, count in words.items()
        ],
    }


OLD = (StoredText("old", "Von gestern", "waiting"),)


def moment(
    shown: dict[str, Any],
    cards: tuple[StoredText, ...] = OLD,
    words: tuple[StoredText, ...] = (),
) -> Moment:
    return Moment(
        wall=deepcopy(shown),
        live=deepcopy(shown),
        stored=Stored(results=deepcopy(shown), cards=cards, words=words),
    )


BEFORE = moment(state({"vhs": (3, 2), "tafel": (1, 0)}, devices=4))


def test_nothing_disagrees_when_everything_is_there_once() -> None:
    flyer, poster = card(1, "Flyer"), card(2, "Plakat")
    toll = word(1, "toll")
    operations = [
        dot(1, "yes"),
        dot(2, "no"),
        dot(2, "yes"),
        dot(2, "no", offer="tafel"),
        dot(3, "yes"),
        dot(3, "withdraw"),
        dot(4, "no", Fate.refused),
        flyer,
        poster,
        withdrawal_of(poster),
        toll,
    ]
    after = moment(
        state({"vhs": (5, 2), "tafel": (1, 1)}, devices=6, words={"toll": 1}),
        cards=(
            *OLD,
            StoredText("card-Flyer", "Flyer", "waiting"),
            StoredText("card-Plakat", "", "withdrawn"),
        ),
        words=(StoredText("word-1-toll", "toll", "approved"),),
    )

    assert disagreements(operations, BEFORE, after) == []


@pytest.mark.parametrize("where", ["wall", "live.json", "results.json"])
def test_a_lost_dot_is_reported_where_it_is_missing(where: str) -> None:
    after = moment(state({"vhs": (5, 2), "tafel": (1, 0)}, devices=6))
    after.shown[where]["islands"][0]["offers"][0]["yes"] = 4
    after.shown[where]["totals"]["yes"] = 5

    found = disagreements([dot(1, "yes"), dot(2, "yes")], BEFORE, after)

    assert Disagreement(where, "vhs: yes", "2", "1") in found
    assert {disagreement.what for disagreement in found} == {"vhs: yes"}


def test_a_doubled_dot_is_reported() -> None:
    after = moment(state({"vhs": (5, 2), "tafel": (1, 0)}, devices=5))

    assert disagreements([dot(1, "yes")], BEFORE, after) == [
        Disagreement(where, "vhs: yes", "1", "2") for where in ("wall", "live.json", "results.json")
    ]


def test_a_dot_that_nobody_placed_is_reported() -> None:
    after = moment(state({"vhs": (3, 2), "tafel": (1, 1)}, devices=4))

    assert disagreements([], BEFORE, after) == [
        Disagreement(where, "tafel: no", "0", "1")
        for where in ("wall", "live.json", "results.json")
    ]


def test_a_dot_that_moved_back_after_it_was_changed_is_reported() -> None:
    after = moment(state({"vhs": (4, 2), "tafel": (1, 0)}, devices=5))

    found = disagreements([dot(1, "yes"), dot(1, "no")], BEFORE, after)

    assert [(wrong.what, wrong.expected, wrong.found) for wrong in found[:2]] == [
        ("vhs: no", "1", "0"),
        ("vhs: yes", "0", "1"),
    ]


@pytest.mark.parametrize("yes", [3, 4])
def test_an_unanswered_dot_may_be_there_or_not(yes: int) -> None:
    after = moment(state({"vhs": (yes, 2), "tafel": (1, 0)}, devices=yes + 1))

    assert disagreements([dot(1, "yes", Fate.unanswered)], BEFORE, after) == []


def test_an_unanswered_dot_must_be_the_same_everywhere() -> None:
    after = moment(state({"vhs": (4, 2), "tafel": (1, 0)}, devices=5))
    after.shown["wall"]["islands"][0]["offers"][0]["yes"] = 3
    after.shown["wall"]["totals"]["yes"] = 4

    assert disagreements([dot(1, "yes", Fate.unanswered)], BEFORE, after) == [
        Disagreement("wall", "vhs: yes", "1", "0")
    ]


def test_an_acknowledged_dot_settles_what_was_unanswered_before_it() -> None:
    operations = [dot(1, "yes", Fate.unanswered), dot(1, "no"), dot(2, "no", Fate.unanswered)]

    assert expected_dots(operations) == {("vhs", "no"): Between(1, 2)}


def test_an_unanswered_change_leaves_both_answers_possible() -> None:
    operations = [dot(1, "yes"), dot(1, "no", Fate.unanswered)]

    assert expected_dots(operations) == {
        ("vhs", "yes"): Between(0, 1),
        ("vhs", "no"): Between(0, 1),
    }
    assert expected_devices(operations) == Between(1, 1)


def test_a_device_that_took_everything_back_counts_no_longer() -> None:
    flyer = card(1, "Flyer")
    operations = [dot(1, "yes"), dot(1, "withdraw"), flyer, withdrawal_of(flyer)]

    assert expected_devices(operations) == Between(0, 0)


def test_a_device_too_many_is_reported() -> None:
    after = moment(state({"vhs": (4, 2), "tafel": (1, 0)}, devices=6))

    assert disagreements([dot(1, "yes")], BEFORE, after) == [
        Disagreement(where, "devices", "1", "2") for where in ("wall", "live.json", "results.json")
    ]


def with_cards(*cards: StoredText, devices: int = 5) -> Moment:
    return moment(state({"vhs": (3, 2), "tafel": (1, 0)}, devices=devices), cards=cards)


FLYER = StoredText("card-Flyer", "Flyer", "waiting")


@pytest.mark.parametrize(
    ("cards", "what", "expected", "found"),
    [
        (OLD, "card 'Flyer' of device 1", "Flyer", "(nothing)"),
        ((*OLD, FLYER, FLYER), "card 'Flyer' of device 1", "Flyer", "Flyer, Flyer"),
        ((*OLD, FLYER, StoredText("x", "Fremd", "waiting")), "card 'Fremd'", "0", "1"),
        (
            (*OLD, StoredText("card-Flyer", "Flyr", "waiting")),
            "card 'Flyer' of device 1",
            "Flyer",
            "Flyr",
        ),
        (
            (*OLD, StoredText("card-Flyer", "", "withdrawn")),
            "card 'Flyer' of device 1",
            "Flyer",
            "(withdrawn)",
        ),
        ((FLYER,), "card old from before", "1", "0"),
    ],
    ids=["lost", "doubled", "foreign", "altered", "withdrawn by nobody", "old one lost"],
)
def test_a_wrong_card_is_reported(
    cards: tuple[StoredText, ...], what: str, expected: str, found: str
) -> None:
    assert disagreements([card(1, "Flyer")], BEFORE, with_cards(*cards)) == [
        Disagreement("database", what, expected, found)
    ]


def test_a_refused_card_must_not_be_there() -> None:
    after = with_cards(*OLD, FLYER, devices=4)

    assert disagreements([card(1, "Flyer", Fate.refused)], BEFORE, after) == [
        Disagreement("database", "card 'Flyer' of device 1", "(nothing)", "Flyer")
    ]


def test_a_withdrawn_card_must_have_lost_its_text() -> None:
    flyer = card(1, "Flyer")
    after = with_cards(*OLD, StoredText("card-Flyer", "Flyer", "withdrawn"), devices=4)

    assert disagreements([flyer, withdrawal_of(flyer)], BEFORE, after) == [
        Disagreement("database", "card 'Flyer' of device 1", "(withdrawn)", "Flyer (withdrawn)")
    ]


@pytest.mark.parametrize(("rows", "devices"), [((FLYER,), 5), ((), 4)])
def test_an_unanswered_card_may_be_there_or_not(rows: tuple[StoredText, ...], devices: int) -> None:
    after = with_cards(*OLD, *rows, devices=devices)

    assert disagreements([card(1, "Flyer", Fate.unanswered)], BEFORE, after) == []


@pytest.mark.parametrize("row", [FLYER, StoredText("card-Flyer", "", "withdrawn")])
def test_an_unanswered_withdrawal_may_have_happened_or_not(row: StoredText) -> None:
    flyer = card(1, "Flyer")
    after = with_cards(*OLD, row, devices=5 if row.text else 4)

    assert disagreements([flyer, withdrawal_of(flyer, Fate.unanswered)], BEFORE, after) == []


def test_an_approved_card_that_is_not_exported_is_reported() -> None:
    after = with_cards(*OLD, StoredText("card-Flyer", "Flyer", "approved"))

    found = disagreements([card(1, "Flyer")], BEFORE, after)

    assert found[0] == Disagreement("results.json", "card 'Flyer'", "1", "0")
    assert found[1:] == [
        Disagreement(where, "total of cards", "1", "0")
        for where in ("wall", "live.json", "results.json")
    ]


def test_a_word_that_the_export_counts_once_too_often_is_reported() -> None:
    after = moment(
        state({"vhs": (3, 2), "tafel": (1, 0)}, devices=5, words={"toll": 2}),
        words=(StoredText("word-1-toll", "toll", "approved"),),
    )

    assert disagreements([word(1, "toll")], BEFORE, after) == [
        Disagreement("results.json", "word 'toll'", "1", "2")
    ]


@pytest.mark.parametrize("where", ["wall", "live.json"])
def test_a_cloud_that_differs_from_the_export_is_reported(where: str) -> None:
    after = moment(
        state({"vhs": (3, 2), "tafel": (1, 0)}, devices=5, words={"toll": 1}),
        words=(StoredText("word-1-toll", "toll", "approved"),),
    )
    after.shown[where]["cloud"].append({"word": "laut", "count": 1})

    assert disagreements([word(1, "toll")], BEFORE, after) == [
        Disagreement(where, "'laut' in the cloud", "0", "1"),
        Disagreement(where, "words in the cloud", "1", "2"),
    ]


def test_an_answer_that_contradicts_what_was_sent_is_reported() -> None:
    contradicted = dot(1, "yes")
    contradicted.contradiction = "{'knows': 'no'}"
    after = moment(state({"vhs": (4, 2), "tafel": (1, 0)}, devices=5))

    assert disagreements([contradicted], BEFORE, after) == [
        Disagreement("answer", "dot 'vhs' of device 1", "what was sent", "{'knows': 'no'}")
    ]
