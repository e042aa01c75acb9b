"""A rehearsed evening against a real server: all agrees, and what nobody rehearsed is noticed."""

import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

EXAMPLE = Path(__file__).parents[2] / "app" / "planning" / "example.toml"


@pytest.fixture
def code(server: Any) -> str:
    """The join code of the example event, which is a rehearsal in the phase `setup`."""
    _, output, _ = server.run("import", str(EXAMPLE), "--rehearsal", "--json")
    code: str = json.loads(output)["code"]
    return code


def test_everything_a_rehearsal_sends_is_acknowledged_and_found_everywhere(
    server: Any, code: str
) -> None:
    exit_code, output, _ = server.run(
        "rehearse", code, "--attendees", "20", "--seconds", "8", "--json"
    )

    outcome = json.loads(output)
    assert outcome["disagreements"] == []
    assert (exit_code, outcome["agrees"]) == (0, True)
    assert set(outcome["statuses"]) == {"200", "303"}
    tallies = outcome["operations"]
    assert {"page", "dot", "card", "word"} <= set(tallies)
    assert [tally["sent"] for tally in tallies.values()] == [
        tally["acknowledged"] for tally in tallies.values()
    ]
    assert outcome["phone_connections"] == 20
    assert outcome["dot_to_wall"]["count"] > 50


def test_after_a_rehearsal_the_phase_is_what_it_was(server: Any, code: str) -> None:
    server.run("rehearse", code, "--attendees", "2", "--seconds", "5", "--json")

    assert server.state(code)["phase"] == "setup"


def test_a_dot_that_somebody_else_placed_meanwhile_is_reported(server: Any, code: str) -> None:
    rehearsal = server.begin("rehearse", code, "--attendees", "2", "--seconds", "6", "--json")
    while server.state(code)["devices"] == 0:
        time.sleep(0.1)
    with httpx.Client(base_url=server.address, trust_env=False) as stranger:
        stranger.get(f"/e/{code}")
        answer = stranger.post(
            f"/e/{code}/dots",
            data={"offer": "umweltberatung", "knows": "yes"},
            headers={"Accept": "application/json"},
        )
    assert answer.status_code == 200

    output, _ = rehearsal.communicate(timeout=60)

    found = json.loads(output)["disagreements"]
    assert [(wrong["where"], wrong["what"]) for wrong in found] == [
        (where, what)
        for what in ("umweltberatung: yes", "devices")
        for where in ("wall", "live.json", "results.json")
    ]
    assert {int(wrong["found"]) - int(wrong["expected"]) for wrong in found} == {1}
    assert rehearsal.returncode == 1


def test_only_a_rehearsal_is_rehearsed(server: Any) -> None:
    _, output, _ = server.run("import", str(EXAMPLE), "--json")

    exit_code, output, error = server.run("rehearse", json.loads(output)["code"], "--seconds", "5")

    assert (exit_code, output) == (1, "")
    assert error.splitlines() == [
        "Die Veranstaltung ist keine Probe. Bitte zuerst die Probe einschalten."
    ]
