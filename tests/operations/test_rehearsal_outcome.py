"""What a rehearsal found out, as numbers, as JSON and as a table."""

import json
from io import StringIO

from rich.console import Console

from app.operations.rehearsal.moment import Disagreement
from app.operations.rehearsal.operation import Fate, Kind, Operation
from app.operations.rehearsal.outcome import Latency, Outcome, Tally


def operation(kind: Kind, fate: Fate, attempts: int, took_s: float | None = None) -> Operation:
    return Operation(
        1,
        kind,
        fate=fate,
        attempts=attempts,
        sent_at=100.0,
        answered_at=None if took_s is None else 100.0 + took_s,
    )


OUTCOME = Outcome(
    attendees=2,
    seconds=60,
    operations=[
        operation(Kind.dot, Fate.acknowledged, attempts=1, took_s=0.25),
        operation(Kind.dot, Fate.acknowledged, attempts=3, took_s=0.5),
        operation(Kind.dot, Fate.unanswered, attempts=2),
        operation(Kind.card, Fate.refused, attempts=1),
    ],
    statuses={"200": 2, "503": 1, "no answer": 4},
    phone_connections=2,
    wall_connections=1,
    dot_to_wall=Latency(1, 50.0, 50.0, 50.0),
    disagreements=[Disagreement("wall", "[vhs]: yes", "2", "1")],
)


def test_percentiles_are_measured_values() -> None:
    assert Latency.of(number / 1000 for number in range(100, 0, -1)) == Latency(
        100, 50.0, 95.0, 99.0
    )
    assert Latency.of([]) == Latency(0)


def test_operations_are_tallied_by_kind() -> None:
    assert OUTCOME.tallies == {
        Kind.dot: Tally(3, 2, 0, 1, repeated=3, latency=Latency(2, 250.0, 500.0, 500.0)),
        Kind.card: Tally(1, 0, 1, 0, repeated=0, latency=Latency(0)),
    }


def test_everything_found_out_is_one_json_value() -> None:
    told = json.loads(json.dumps(OUTCOME.as_dict()))

    assert told["agrees"] is False
    assert told["operations"]["dot"]["latency"]["p95_ms"] == 500.0
    assert told["disagreements"] == [
        {"where": "wall", "what": "[vhs]: yes", "expected": "2", "found": "1"}
    ]


def test_the_table_says_which_place_agrees_and_what_does_not() -> None:
    paper = StringIO()
    OUTCOME.print_table(Console(file=paper, width=100), lambda text: text)

    lines = [" ".join(line.split()) for line in paper.getvalue().splitlines()]

    assert lines[-5:] == [
        "Leinwand: ✖ Abweichungen: 1",
        "live.json: ✔ stimmt mit allem Bestätigten überein",
        "Export: ✔ stimmt mit allem Bestätigten überein",
        "Datenbank: ✔ stimmt mit allem Bestätigten überein",
        "Leinwand, [vhs]: yes: erwartet 2, gefunden 1",
    ]
    assert [line for line in lines if line.startswith("Punkte")] == ["Punkte 3 2 0 1 3 250 500 500"]
