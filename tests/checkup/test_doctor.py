"""`worldcafe doctor`: nothing red on a sound computer, and the right red sentence for each planted fault."""

import json
import os
import resource
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.backups.backing_up import Backups
from app.checkup.finding import LABELS, Finding, State, green
from app.checkup.running import run
from app.operations.rehearsal.moment import Disagreement
from app.operations.rehearsal.operation import Fate, Kind, Operation
from app.operations.rehearsal.outcome import Latency, Outcome
from app.operations.trying.trial import is_whole, judged, phones, results, throw_away_server
from app.settings import Settings
from tests.conftest import StartServer
from tests.running import environment_of, free_port, load_event

SLOW_CHECKS = {"phones", "results"}
Found = dict[str, tuple[str, str]]  # check → (state, advice)


def event_in(data: Path, *statements: str, rehearsal: bool = True) -> Path:
    """The example with somebody to moderate it, and what `statements` do to it."""
    load_event(data, rehearsal=rehearsal)
    change(
        data,
        "INSERT INTO invitation (event_id, role) SELECT id, 'moderator' FROM event",
        *statements,
    )
    return data


def change(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data / "worldcafe.db")) as rows:
        for statement in statements:
            rows.execute(statement)
        rows.commit()


def doctor(
    data: Path, *, limits: dict[int, int] | None = None, **settings: str
) -> tuple[int, Found]:
    """Its exit code, and what it says in German."""
    named = {"PORT": str(free_port())} | settings

    def limit() -> None:
        for kind, most in ({resource.RLIMIT_NOFILE: 2048} | (limits or {})).items():
            resource.setrlimit(kind, (most, most))

    done = subprocess.run(
        [sys.executable, "-m", "app", "doctor", "--json", "--quick"],
        env=environment_of(data, **{f"WORLDCAFE_{name}": value for name, value in named.items()}),
        cwd=data.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limit,
    )
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert {tuple(each) for each in found} == {("check", "state", "advice")}
    return done.returncode, {each["check"]: (each["state"], each["advice"]) for each in found}


def only_red(diagnosis: tuple[int, Found]) -> tuple[str, str]:
    """The one check that is red, and its sentence."""
    code, found = diagnosis
    ((check, advice),) = [(name, said) for name, (state, said) in found.items() if state == "red"]
    assert code == 1
    return check, advice


def test_nothing_is_red_on_a_sound_computer_and_nothing_is_changed(tmp_path: Path) -> None:
    """O03: the networks are listed, too."""
    data = event_in(tmp_path / "data")
    before = (data / "worldcafe.db").read_bytes()

    code, found = doctor(data)

    assert code == 0, found
    assert list(found) == [name for name in LABELS if name not in SLOW_CHECKS]
    assert "" not in [advice for _, advice in found.values()]
    sound = ("sqlite", "database", "folder", "port", "files", "notices", "event", "people", "date")
    assert {name: found[name][0] for name in sound} == dict.fromkeys(sound, "green")
    assert (data / "worldcafe.db").read_bytes() == before
    assert [path.name for path in data.iterdir() if path.name.startswith(".")] == []


def test_without_any_data_nothing_is_red_and_no_folder_is_made(tmp_path: Path) -> None:
    code, found = doctor(tmp_path / "data")

    assert code == 0, found
    assert found["event"][0] == found["database"][0] == "yellow"
    assert not (tmp_path / "data").exists()


# --- planted faults -------------------------------------------------------------------------------


def test_a_damaged_database(tmp_path: Path) -> None:
    """D20"""
    data = event_in(tmp_path / "data")
    file = data / "worldcafe.db"
    content = bytearray(file.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    file.write_bytes(content)

    code, found = doctor(data)

    assert code == 1
    assert found["database"] == (
        "red",
        f"Die Datei {file} ist beschädigt: Bitte den Server beenden und die neueste"
        " Sicherung einspielen (worldcafe restore).",
    )


def test_data_of_a_newer_program(tmp_path: Path) -> None:
    """D19"""
    data = event_in(tmp_path / "data", "UPDATE alembic_version SET version_num = '9999'")
    assert only_red(doctor(data)) == (
        "database",
        "Die Daten stammen von einer neueren Version dieses Programms: Bitte das Programm aktualisieren.",
    )


def test_a_folder_that_a_cloud_keeps_in_step(tmp_path: Path) -> None:
    data = event_in(tmp_path / "OneDrive - Stadt" / "data")
    assert only_red(doctor(data)) == (
        "folder",
        f"{data} wird von OneDrive abgeglichen, das kann die Daten zerstören: Bitte mit WORLDCAFE_DATA"
        " einen Ordner außerhalb wählen.",
    )


def test_a_data_folder_that_is_none(tmp_path: Path) -> None:
    """D09"""
    (tmp_path / "data").write_text("a file")

    code, found = doctor(tmp_path / "data")

    assert code == 1
    assert found["folder"] == (
        "red",
        f"{tmp_path}/data ist kein Ordner, in den geschrieben werden kann: Bitte mit WORLDCAFE_DATA"
        " einen anderen wählen.",
    )


def test_a_disk_that_takes_nothing_more(tmp_path: Path) -> None:
    """O07: nothing can be written past 64 kilobytes of a file."""
    data = event_in(tmp_path / "data")
    check, advice = only_red(doctor(data, limits={resource.RLIMIT_FSIZE: 65536}))
    assert (check, advice) == (
        "commits",
        f"In den Datenordner {data} kann nicht geschrieben werden: Bitte die Rechte ändern, Platz schaffen"
        " oder mit WORLDCAFE_DATA einen anderen Ordner wählen.",
    )


def test_a_port_that_another_program_uses(tmp_path: Path) -> None:
    """O02"""
    data = event_in(tmp_path / "data")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert only_red(doctor(data, PORT=str(port))) == (
            "port",
            f"Port {port} benutzt ein anderes Programm: Bitte dieses beenden. Mit WORLDCAFE_PORT={port + 1}"
            " geht es auch, aber gedruckte QR-Codes führen dann ins Leere.",
        )


def test_too_few_open_files(tmp_path: Path) -> None:
    data = event_in(tmp_path / "data")
    assert only_red(doctor(data, limits={resource.RLIMIT_NOFILE: 256})) == (
        "files",
        "Nur 256 offene Dateien erlaubt, zu wenig für einen Saal: Bitte vor dem Start „ulimit -n 4096“"
        " eingeben.",
    )


def test_a_public_address_without_an_imprint(tmp_path: Path) -> None:
    data = event_in(tmp_path / "data")
    assert only_red(doctor(data, PUBLIC_URL="https://cafe.example.org")) == (
        "notices",
        "Unter einer öffentlichen Adresse fehlen noch 13 rechtliche Angaben: Bitte unter /plan/notices"
        " eintragen.",
    )


def test_islands_without_offers(tmp_path: Path) -> None:
    data = event_in(tmp_path / "data", "DELETE FROM offer WHERE island_number IN (3, 7)")
    assert only_red(doctor(data)) == (
        "event",
        "Inseln ohne Angebote: 3, 7. Bitte im Plan ergänzen.",
    )


def test_an_event_that_nobody_can_open(tmp_path: Path) -> None:
    data = event_in(tmp_path / "data", "DELETE FROM invitation", "UPDATE event SET code = 'K7M4QX'")
    assert only_red(doctor(data)) == (
        "people",
        "Niemand kann die Veranstaltung öffnen: Bitte „worldcafe invite K7M4QX --role moderator“ eingeben.",
    )


def test_a_real_evening_without_a_backup(tmp_path: Path) -> None:
    data = event_in(tmp_path / "data", "UPDATE event SET phase = 'cafe'", rehearsal=False)
    assert only_red(doctor(data)) == (
        "backup",
        "Noch keine Sicherung: Bitte jetzt eine anlegen (worldcafe backup).",
    )
    Backups(Settings(data=data)).make()
    assert doctor(data)[1]["backup"] == ("green", "Die neueste ist 0 min alt.")


def test_codes_that_lead_nowhere(start_server: StartServer) -> None:
    """The network has changed: the server runs, its address is somebody else's."""
    nowhere = f"http://127.0.0.2:{free_port()}"
    server = start_server(rehearsal=True, public_url=nowhere)
    server.ask("invite", event=server.code, role="moderator", island=None)

    assert only_red(doctor(server.data, PORT=str(server.port))) == (
        "address",
        f"Unter {nowhere}, wohin die QR-Codes führen, antwortet dieser Server nicht: Bitte WLAN und"
        " WORLDCAFE_PUBLIC_URL prüfen.",
    )


# --- what takes longer ----------------------------------------------------------------------------


def test_simulated_phones_meet_a_server_of_their_own_and_leave_every_result_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no backup of it where the real ones are: the newest on the stick would be a rehearsal."""
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setenv("WORLDCAFE_BACKUP_FOLDER", str(stick))

    with throw_away_server(tmp_path / "data", start_s=60) as served:
        found = phones(served, count=15, seconds=6)
    files = results(tmp_path / "data")

    assert list((tmp_path / "data" / "backups").glob("*.db")) != []
    assert list(stick.iterdir()) == []
    assert found.values["n"] == 15
    assert found.values["dots"] > 50
    assert (
        found.state != State.red or found.values["ms"] > 6000
    )  # a machine that is busy with other things
    assert files.as_dict(str) == {
        "check": "results",
        "state": "green",
        "advice": "Alle 11 Ergebnisdateien ließen sich erstellen und öffnen.",
    }


def test_a_result_file_that_is_cut_off_is_no_file(tmp_path: Path) -> None:
    whole = {
        "a.pdf": b"%PDF-1.7 \n%%EOF\n",
        "a.svg": b'<?xml version="1.0"?><svg></svg>',
        "a.csv": b"\xef\xbb\xbfa;b",
        "a.png": b"\x89PNG...IEND\xaeB`\x82",
    }
    for name, content in whole.items():
        (tmp_path / name).write_bytes(content)
        assert is_whole(tmp_path / name)
        (tmp_path / name).write_bytes(content[:-5] if name != "a.csv" else b"")
        assert not is_whole(tmp_path / name)
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04...")
    assert not is_whole(tmp_path / "a.zip")
    assert results(tmp_path / "nothing").state == State.red


def test_phones_that_wait_or_are_lost_are_told() -> None:
    def evening(took_s: float) -> Outcome:
        dots = [
            Operation(
                n, Kind.dot, fate=Fate.acknowledged, attempts=1, sent_at=0, answered_at=took_s
            )
            for n in range(20)
        ]
        return Outcome(300, 12, dots, {"200": 20}, 300, 1, Latency(0), [])

    lost = replace(evening(0.1), disagreements=[Disagreement("wall", "x", "2", "1")])
    assert [judged(evening(s)).state for s in (0.1, 3, 9)] == ["green", "yellow", "red"]
    assert judged(lost).state == "red"


def test_a_check_that_hangs_or_breaks_keeps_no_other_from_being_told() -> None:
    def breaks() -> Finding:
        raise ZeroDivisionError

    def hangs() -> Finding:
        goes_on.wait(60)
        waited.append("disk")
        return green("disk", "")

    goes_on, waited = threading.Event(), list[str]()
    found = list(run([("disk", 0.2, hangs), ("files", 5, breaks)]))
    is_told_before = waited == []
    goes_on.set()

    assert [(each.check, each.state) for each in found] == [("disk", "yellow"), ("files", "red")]
    assert is_told_before
