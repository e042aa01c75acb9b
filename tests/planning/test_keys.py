"""Keys made from titles: the same each time, and good for an address."""

import datetime

import pytest

from app.planning.keys import event_key_from, key_from


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Grün- und Spielplatzpatenschaften", "gruen-und-spielplatzpatenschaften"),
        ("Bu\u0308cher für Große", "buecher-fuer-grosse"),
        (
            "Expert*innendialog, Bürger:innen, Lehrer/-innen",
            "expertinnendialog-buergerinnen-lehrerinnen",
        ),
        ("Café à la carte (2026)", "cafe-a-la-carte-2026"),
        ("x" * 100, "x" * 80),
        ("Волонтери", "k-a5254bd2811c"),
        ("", ""),
    ],
)
def test_a_title_becomes_a_key(title: str, key: str) -> None:
    assert key_from(title) == key


def test_six_evenings_with_one_title_get_six_keys() -> None:
    day = datetime.date(2026, 11, 3)

    assert event_key_from("Dialog", "Mitte/Styrum", day) == "dialog-mitte-styrum-2026"
    assert event_key_from("Dialog Mitte/Styrum 2026", "Mitte/Styrum", day) == (
        "dialog-mitte-styrum-2026"
    )
    long = event_key_from("Sehr langer Titel " * 10, "Osterfeld", day)
    assert (len(long), long[-15:]) == (80, "-osterfeld-2026")
