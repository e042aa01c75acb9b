"""What is proposed for merging is worth a look; what no eye would confuse is not proposed."""

import pytest

from app.cloud.proposals import LOOKED_AT, Proposal, Reason, proposals, reason_for
from app.cloud.slips import distance, is_slip

PERHAPS_ONE = [
    ("Vernetzung", "Vernezung", Reason.spelling),  # a letter left out
    ("Vernetzung", "Vernetzunng", Reason.spelling),  # one too many
    ("spannend", "spannned", Reason.spelling),  # two in the wrong order
    ("spannend", "spanend", Reason.spelling),
    ("Kaffee", "Kafee", Reason.spelling),
    ("Austausch", "Austauch", Reason.spelling),
    ("interessant", "intresant", Reason.spelling),  # two slips in a long word
    ("Beteiligung", "Beteiliging", Reason.spelling),  # the key beside it
    ("Dankeschön", "Dankeschon", Reason.form),
    ("Bank", "Banken", Reason.form),
    ("Auslage", "Auslagen", Reason.form),
    ("toll", "tolle", Reason.form),
    ("gutes Essen", "gute Essen", Reason.spelling),
    ("Bürger", "Bürgerinnen", Reason.form),
    ("Bürger*innen", "Bürgerinnen", Reason.form),
    ("Bürger*innenbeteiligung", "Bürgerbeteiligung", Reason.form),
    ("Danke", "Danke 😊", Reason.emoji),
    ("👍", "👍🏽", Reason.emoji),
    ("😊", "😊😊😊", Reason.emoji),
]
TWO_WORDS = [
    ("Haus", "Maus"),
    ("Kinder", "Rinder"),
    ("Garten", "Karten"),
    ("Raum", "Traum"),
    ("Leben", "Lesen"),
    ("Schule", "Schale"),
    ("Kirche", "Kirsche"),
    ("Rad", "Rat"),
    ("Mitte", "Mittel"),
    ("schon", "schön"),
    ("Masse", "Maße"),
    ("stark", "Stärke"),
    ("lang", "Länge"),
    ("gut", "Güte"),
    ("freundlich", "feindlich"),
    ("Ermutigung", "Entmutigung"),
    ("gesund", "ungesund"),
    ("Mitarbeit", "Mitarbeiter"),
    ("Begegnung", "Bewegung"),
    ("anregend", "aufregend"),
    ("Termin", "Term"),
    ("Berlin", "Berlinale"),
    ("C", "C++"),
    ("24/7", "247"),
    ("2023", "2024"),
    ("10000", "100000"),
    ("👍", "👎"),
    ("gute Laune", "Laune gut"),
]


@pytest.mark.parametrize(("one", "other", "reason"), PERHAPS_ONE)
def test_a_slip_an_ending_a_gender_or_an_emoji_is_proposed_from_either_side(
    one: str, other: str, reason: Reason
) -> None:
    assert (reason_for(one, other), reason_for(other, one)) == (reason, reason)
    assert proposals([("a", one, 2), ("b", other, 1)]) == [Proposal("a", "b", reason)]


@pytest.mark.parametrize(("one", "other"), TWO_WORDS)
def test_two_words_are_not_proposed(one: str, other: str) -> None:
    assert (reason_for(one, other), reason_for(other, one)) == (None, None)
    assert proposals([("a", one, 2), ("b", other, 1)]) == []


def test_two_spellings_that_many_sent_are_two_words() -> None:
    assert proposals([("a", "Vertrauen", 7), ("b", "Vertrauten", 3)]) == []
    assert proposals([("a", "Vertrauen", 7), ("b", "Vertrauten", 2)]) == [
        Proposal("a", "b", Reason.spelling)
    ]


def test_the_most_frequent_pairs_come_first_and_only_the_most_frequent_words_are_looked_at() -> (
    None
):
    rare = [(f"{number}", f"Wort Nr. {number}", 1) for number in range(LOOKED_AT)]
    words = [("a", "Vernetzung", 9), ("b", "Danke", 5), ("c", "Danke 😊", 3), *rare]

    assert proposals([*words, ("d", "Vernezung", 1)]) == [Proposal("b", "c", Reason.emoji)]
    assert proposals([*words[:4], ("d", "Vernezung", 1)]) == [
        Proposal("a", "d", Reason.spelling),
        Proposal("b", "c", Reason.emoji),
    ]


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("gut", "gut", 0),
        ("gut", "gtu", 1),
        ("gut", "gurt", 1),
        ("gut", "hut", 1),
        ("abc", "xyz", 3),
    ],
)
def test_the_distance_counts_single_slips_and_gives_up_beyond_what_is_asked(
    one: str, other: str, steps: int
) -> None:
    assert distance(one, other, most=2) == steps
    assert distance(one, other, most=0) == min(steps, 1)


def test_a_slip_is_one_from_either_side_and_never_in_the_first_or_last_letter() -> None:
    assert is_slip("vernetzung", "vernezung")
    assert is_slip("vernezung", "vernetzung")
    assert not is_slip("vernetzung", "fernetzung")
    assert not is_slip("vernetzung", "vernetzunk")
    assert not is_slip("vernetzung", "vernetzung")
