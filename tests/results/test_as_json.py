"""results.json, read again with a JSON parser and checked against its published schema."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import app.results
from app.results.as_json import results_json
from app.results.report import Report

SCHEMA = json.loads(Path(app.results.__file__).with_name("results.schema.json").read_bytes())


def valid(content: bytes) -> dict[str, Any]:
    results: dict[str, Any] = json.loads(content)
    validator = jsonschema.Draft202012Validator(
        SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    validator.validate(results)
    return results


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_file_is_the_report_in_the_published_shape(report: Report) -> None:
    results = valid(results_json(report))
    assert results["event"] == {
        "key": "mitte-styrum-2023",
        "title": "Expert*innendialog im Sozialraum Mitte/Styrum",
        "district": "Mitte/Styrum",
        "date": "2023-08-16",
        "phase": "closed",
        "attendees": 82,
        "institutions": 16,
    }
    assert results["devices"] == 6
    assert results["totals"] == {"yes": 8, "no": 5, "cards": 3, "words": 3}
    first = results["islands"][0]
    assert (first["number"], first["title"]) == (1, "Wohnumfeld")
    assert [contact["name"] for contact in first["contacts"]] == [
        "Stadt Oberhausen, Bereich 2-2 Umwelt",
        "Stadt Oberhausen, Bereich 4-5 Integrierte Stadtentwicklung und Statistik",
    ]
    assert first["offers"][0] == {
        "key": "umweltberatung",
        "title": "Umwelt- und Abfallberatung",
        "scope": "city",
        "yes": 7,
        "no": 4,
        "tablet_yes": 1,
        "tablet_no": 1,
        "paper_yes": 5,
        "paper_no": 2,
        "awareness": 7 / 11,
        "interval": [0.3538, 0.8483],
    }
    assert first["cards"] == [
        {
            "offer": "umweltberatung",
            "text": "Mehr Aushänge im Hausflur",
            "state": "approved",
            "supports": 2,
            "group": None,
        },
        {
            "offer": None,
            "text": "Am Kiosk werben",
            "state": "approved",
            "supports": 0,
            "group": None,
        },
    ]
    assert results["groups"] == []
    assert results["words"][0] == {
        "word": "Spannend",
        "count": 2,
        "variants": [{"text": "Spannend", "count": 2}, {"text": "spannend!", "count": 1}],
    }


def test_an_event_without_an_answer_is_valid_too(untouched: Report) -> None:
    """F11."""
    results = valid(results_json(untouched))
    assert results["totals"] == {"yes": 0, "no": 0, "cards": 0, "words": 0}
    assert results["islands"][0]["offers"][0]["awareness"] is None
    assert results["islands"][0]["offers"][0]["interval"] is None


def test_texts_are_exactly_what_was_written(
    hostile: Report, hostile_texts: list[str], harmless_texts: list[str]
) -> None:
    results = valid(results_json(hostile))
    cards = [card["text"] for card in results["islands"][0]["cards"]]
    assert cards == hostile_texts + harmless_texts


def test_cards_name_their_group_and_groups_say_what_becomes_of_them(documented: Report) -> None:
    results = valid(results_json(documented))
    assert results["groups"] == [
        {
            "id": "notices",
            "title": "Aushänge und Werbung",
            "outcome": "Material",
            "department": "Bereich 2-2 Umwelt",
            "progress": "planned",
            "reason": "im Haushalt 2024",
        },
        {
            "id": "nobody",
            "title": "Noch offen",
            "outcome": "",
            "department": "",
            "progress": "open",
            "reason": "",
        },
    ]
    cards = [card["group"] for island in results["islands"] for card in island["cards"]]
    assert cards == ["notices", None, "notices"]


def test_a_file_from_before_there_were_groups_is_valid(report: Report) -> None:
    results = valid(results_json(report))
    del results["groups"]
    for island in results["islands"]:
        for card in island["cards"]:
            del card["group"]
    valid(json.dumps(results).encode())


@pytest.mark.parametrize("place", ["", "event", "islands", "offers", "cards", "words", "groups"])
def test_the_schema_refuses_what_it_does_not_know(documented: Report, place: str) -> None:
    results = valid(results_json(documented))
    island = results["islands"][0]
    {
        "": results,
        "event": results["event"],
        "islands": island,
        "offers": island["offers"][0],
        "cards": island["cards"][0],
        "words": results["words"][0],
        "groups": results["groups"][0],
    }[place]["device"] = "anna"
    with pytest.raises(jsonschema.ValidationError, match="'device' was unexpected"):
        jsonschema.validate(results, SCHEMA)
