"""D03: killed between two writes of one action, it was done wholly or not at all."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import ROOT, environment_of, load_event

ACT = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event as events
from app.database import Database
from app.feedback.commands import PlaceDot, SubmitCard, SubmitWord
from app.feedback.sqlite_store import SqliteStore
from app.moderation.sealing import seal
from app.moderation.wiping import end_rehearsal
from app.planning.deleting import delete_event
from app.planning.importing import import_plan
from app.planning.plan_reading import read_plan
from app.settings import Settings

name, data, plan, lethal = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
database = Database(Settings(data=data))
writes = 0


def count(statement):
    global writes
    if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")):
        writes += 1
        if writes == lethal:
            os.kill(os.getpid(), signal.SIGKILL)


@events.listens_for(database._kind.writing, "after_cursor_execute")
def _after(_connection, _cursor, statement, *_rest):
    count(statement)


def batch():
    dots = [PlaceDot(1, f"{n:022}", key, True, 1, epoch=1) for n in range(30) for key in KEYS]
    texts = [SubmitCard(1, f"{n:022}", f"c{n}", 1, None, "Mehr", False, epoch=1) for n in range(5)]
    words = [SubmitWord(1, f"{n:022}", f"w{n}", "gut", "gut", "0123", False, epoch=1) for n in range(5)]

    def commit(batch, commands):
        batch.driver.set_trace_callback(count)  # before each statement: between two writes as well
        return SqliteStore().commit(batch, commands)

    database.on_writer(commit, [*texts, *words, *dots]).result(30)


KEYS = ("streetwork", "umweltberatung", "ehrenamtskarte")
ACTS = {
    "import": lambda: database.write(import_plan, read_plan(plan.read_bytes()), rehearsal=False),
    "end of a rehearsal": lambda: database.write(end_rehearsal, 1, keep=False),
    "sealing": lambda: database.write(seal, 1, "planner Ada"),
    "deletion": lambda: database.write(delete_event, "mitte-styrum-2023"),
    "batch": batch,
}
ACTS[name]()
database.close()
print("writes", writes)
"""
FILL = """
UPDATE event SET phase = '{phase}', is_rehearsal = {rehearsal};
INSERT INTO dot SELECT 1, printf('%022d', value), offer.key, value % 2, value, 'phone'
    FROM offer, (SELECT 1 AS value UNION SELECT 2 UNION SELECT 3);
INSERT INTO word (event_id, id, key, state, version, arrival) VALUES (1, 'w', 'gut', 'approved', 1, 1);
INSERT INTO entry VALUES (1, printf('%022d', 1), 's', 'w', 'gut', 1);
INSERT INTO card (event_id, id, island_number, text, state, is_highlighted, version, arrival, received_at,
    device, submission, source)
    VALUES (1, 'c', 1, 'Bank', 'waiting', 0, 1, 1, '2026-05-06', printf('%022d', 1), 's', 'phone');
"""
PREPARED = {
    "import": None,
    "end of a rehearsal": {"phase": "cloud", "rehearsal": 1},
    "sealing": {"phase": "closed", "rehearsal": 0},
    "deletion": {"phase": "closed", "rehearsal": 0},
    "batch": {"phase": "cloud", "rehearsal": 0},
}


@pytest.mark.parametrize("name", PREPARED)
def test_an_action_is_done_wholly_or_not_at_all(name: str, tmp_path: Path) -> None:
    """D03: at the second, at a middle and at the last of its writes."""
    data = tmp_path / "data"
    load_event(data)
    plan = tmp_path / "plan.toml"
    example = (ROOT / "app" / "planning" / "example.toml").read_text("utf-8")
    plan.write_text(example.replace('title = "', 'title = "Neu: '), "utf-8")
    values = PREPARED[name]
    if values is not None:
        with closing(sqlite3.connect(data / "worldcafe.db")) as rows:
            rows.executescript(FILL.format(**values))
    before = rows_of(data)

    spare = tmp_path / "spare"
    spare.mkdir()
    (spare / "worldcafe.db").write_bytes((data / "worldcafe.db").read_bytes())
    alive = act(name, spare, plan, 0)
    assert alive.returncode == 0, alive.stderr
    writes = int(alive.stdout.split()[-1])
    assert writes >= 3, "there is something between two writes"
    assert rows_of(spare) != before

    for lethal in sorted({2, writes // 2 + 1, writes}):
        killed = act(name, data, plan, lethal)

        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert rows_of(data) == before, f"killed at write {lethal} of {writes}"


def act(name: str, data: Path, plan: Path, lethal: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", ACT, name, str(data), str(plan), str(lethal)],
        env=environment_of(data),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def rows_of(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "worldcafe.db")) as rows:
        assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(rows.iterdump())
