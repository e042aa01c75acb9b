"""While somebody writes a card, the cards that say the same already are found, and no others."""

import itertools
import time
from dataclasses import dataclass

import pytest

from app.feedback.similar import similar


@dataclass(frozen=True)
class Said:
    text: str


HANGING = [
    "Mehr Aushänge in Arztpraxen",
    "Werbung in Bussen und Bahnen",
    "Ein Newsletter für alle Vereine",
    "Bürger*innen-Treff am Marktplatz",
    "Plakate an jeder Bushaltestelle",
    "Infos auf Instagram und TikTok",
    "Flyer in verschiedenen Sprachen",
    "Kostenlose Schnupperkurse für Kinder",
    "Aktionstag mit Ständen in der Innenstadt",
    "Die Webseite in Leichter Sprache",
    "Ansprechpartner in den Schulen",
    "Öffnungszeiten am Abend",
]


def found(text: str, hanging: list[str] = HANGING) -> list[str]:
    return [card.text for card in similar(text, [Said(each) for each in hanging])]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        # the same words in another form
        ("Aushang in der Arztpraxis", "Mehr Aushänge in Arztpraxen"),
        ("aushaenge beim arzt", "Mehr Aushänge in Arztpraxen"),
        ("AUSHÄNGE IN ARZTPRAXEN!!!", "Mehr Aushänge in Arztpraxen"),
        ("Ein Treff für Bürgerinnen", "Bürger*innen-Treff am Marktplatz"),
        ("Treff für Bürger:innen", "Bürger*innen-Treff am Marktplatz"),
        ("Oeffnungszeit abends", "Öffnungszeiten am Abend"),
        ("Öffnungszeiten", "Öffnungszeiten am Abend"),
        ("Flyer in mehreren Sprachen", "Flyer in verschiedenen Sprachen"),
        ("Schnupperkurs für das Kind", "Kostenlose Schnupperkurse für Kinder"),
        ("Vereine per Newsletter informieren", "Ein Newsletter für alle Vereine"),
        # half typed
        ("Schnupperk", "Kostenlose Schnupperkurse für Kinder"),
        ("Mehr auf Insta", "Infos auf Instagram und TikTok"),
        ("News", ""),
        ("Newsl", "Ein Newsletter für alle Vereine"),
        # a part of a compound, or the compound of a part
        ("Plakate an die Haltestellen", "Plakate an jeder Bushaltestelle"),
        ("Plakataktion an Bushaltestellen", "Plakate an jeder Bushaltestelle"),
        # a slip of the thumb
        ("Instagramm", "Infos auf Instagram und TikTok"),
        ("Newslettter für Vereine", "Ein Newsletter für alle Vereine"),
        ("Ausshänge in Artzpraxen", "Mehr Aushänge in Arztpraxen"),
        # more than the card says
        ("Man sollte viel mehr auf Instagram und TikTok machen, da sind die Jungen",
         "Infos auf Instagram und TikTok"),
        # nothing of the kind, or too little to tell
        ("", ""),
        ("M", ""),
        ("Mehr", ""),
        ("Mehr in den", ""),
        ("Bitte mehr für alle", ""),
        ("🙂🙂🙂🙂🙂🙂", ""),
        ("?!?!?!", ""),
        ("\u202e\u200b", ""),
        ("Ein Sommerfest im Park", ""),
        ("Mehr Bänke und Bäume", ""),
        ("Fahrradwege besser beleuchten", ""),
        ("Infos früher bekannt geben, am besten per Post nach Hause", ""),
    ],
)  # fmt: skip
def test_what_was_said_already_is_found_first_and_nothing_else(typed: str, offered: str) -> None:
    assert found(typed)[:1] == ([offered] if offered else [])


def test_at_most_three_are_offered_the_most_similar_first() -> None:
    hanging = [
        "Plakate in Kitas und Grundschulen",
        "Plakate",
        "Plakate in Kitas",
        "Plakate in Kitas und Horten",
    ]

    assert found("Plakate in Kitas", hanging) == [hanging[2], hanging[3], hanging[1]]


def test_of_equally_similar_ones_the_order_stays() -> None:
    assert found("Plakate", ["Plakate im Park", "Plakate im Wald"]) == [
        "Plakate im Park",
        "Plakate im Wald",
    ]


def test_without_cards_nothing_is_offered() -> None:
    assert found("Aushänge in Arztpraxen", []) == []


def test_a_full_card_is_compared_with_hundreds_in_a_moment() -> None:
    words = "Aushang Plakat Flyer Zeitung Radio Schule Verein Kirche Treff Markt Fest Park".split()
    hanging = [f"{words[n % 12]}{n} {words[n % 7]} {words[n % 5]}{n % 50}" * 4 for n in range(300)]
    similar(" ".join(hanging[:3]), [Said(each) for each in hanging])

    began = time.process_time()
    assert len(found(" ".join(hanging[:3]), hanging)) == 3
    assert time.process_time() - began < 0.5


def test_texts_of_nothing_but_different_short_words_keep_nobody_waiting() -> None:
    """Once one such request kept a server busy for 15 s."""
    syllables = ("bal", "dor", "fin", "gum", "kes", "lat", "mur", "nop", "pil", "rus", "sev", "tam")
    made = (
        one + other[:2] for one, other in itertools.cycle(itertools.product(syllables, repeat=2))
    )
    hanging = [" ".join(f"{next(made)}{n}" for _ in range(40)) for n in range(300)]
    typed = " ".join(
        "".join(three) for three in itertools.islice(itertools.permutations("abcdefgh", 4), 400)
    )

    began = time.process_time()
    found(typed, hanging)
    assert time.process_time() - began < 1.0
