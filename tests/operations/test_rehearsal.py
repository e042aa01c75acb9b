"""A rehearsed evening against a real server: all agrees, and what nobody rehearsed is noticed."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any

from tests.running import Server, until

StartServer = Callable[..., Server]


def rehearsed(server: Server, attendees: int, seconds: int) -> tuple[int, dict[str, Any]]:
    """The command's exit code and outcome."""
    command = server.run(
        "rehearse",
        server.code,
        "--attendees",
        str(attendees),
        "--seconds",
        str(seconds),
        "--json",
    )
    return command.returncode, json.loads(command.stdout)


def test_everything_a_rehearsal_sends_is_acknowledged_and_found_everywhere(
    start_server: StartServer,
) -> None:
    exit_code, outcome = rehearsed(start_server(rehearsal=True), attendees=20, seconds=8)

    assert outcome["disagreements"] == []
    assert (exit_code, outcome["agrees"]) == (0, True)
    assert set(outcome["statuses"]) == {"200", "303"}
    tallies = outcome["operations"]
    assert {"page", "dot", "card", "word"} <= set(tallies)
    assert {kind: tally["sent"] for kind, tally in tallies.items()} == {
        kind: tally["acknowledged"] for kind, tally in tallies.items()
    }
    assert outcome["phone_connections"] == 20
    assert outcome["dot_to_wall"]["count"] > 50


def test_a_second_rehearsal_agrees_too_and_leaves_the_phase_as_it_was(
    start_server: StartServer,
) -> None:
    server = start_server(rehearsal=True, phase="setup")

    outcomes = [rehearsed(server, attendees=3, seconds=5) for _ in range(2)]

    assert [exit_code for exit_code, _ in outcomes] == [0, 0]
    assert (server.live()["phase"], server.live()["devices"]) == ("setup", 6)


def test_a_dot_that_somebody_else_placed_meanwhile_is_reported(start_server: StartServer) -> None:
    server = start_server(rehearsal=True, phase="setup")
    arguments = ["rehearse", server.code, "--attendees", "2", "--seconds", "6", "--json"]
    with subprocess.Popen(
        [sys.executable, "-m", "app", *arguments],
        env=server.environment,
        cwd=server.data.parent,
        stdout=subprocess.PIPE,
        text=True,
    ) as rehearsal:
        until(lambda: server.live()["devices"] > 0, within_s=20)
        with closing(server.phone()) as stranger:
            dot = {"offer": "umweltberatung", "knows": "yes"}
            assert stranger.post(f"/e/{server.code}/dots", json=dot).status_code == 200
        output, _ = rehearsal.communicate(timeout=60)

    found = json.loads(output)["disagreements"]
    assert [(wrong["where"], wrong["what"]) for wrong in found] == [
        (where, what)
        for what in ("umweltberatung: yes", "devices")
        for where in ("wall", "live.json", "results.json")
    ]
    assert {int(wrong["found"]) - int(wrong["expected"]) for wrong in found} == {1}
    assert rehearsal.returncode == 1


def test_only_a_rehearsal_is_rehearsed(start_server: StartServer) -> None:
    server = start_server(rehearsal=False)

    command = server.run("rehearse", server.code, "--seconds", "5")

    assert (command.returncode, command.stdout, command.stderr.splitlines()) == (
        1,
        "",
        ["Die Veranstaltung ist keine Probe. Bitte zuerst die Probe beginnen."],
    )
    assert server.live()["devices"] == 0
