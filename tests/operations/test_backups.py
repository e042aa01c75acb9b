"""Backups: one moment of the data, whole and checked, or nothing; only so many, in two folders."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app.backups.backing_up import NO_ROOM, Backups, Second, Standing, Stopped, alone
from app.backups.checking import Damaged, read_contents
from app.backups.copying import copy_database, copy_file
from app.backups.elsewhere import back_up_to
from app.backups.ended import Ended, ended_in, mark_of
from app.backups.folder import backups_in, make_room, moment_for, name_at, rotate
from app.backups.newest import newest_good_backup
from app.database import Database
from app.errors import CannotStore, Failed
from app.moderation.ending import catch_up, seal_everywhere
from app.moderation.steering import enter_phase
from app.planning.deleting import keep_in_mind, shred
from app.planning.models import Event, Phase
from app.settings import Settings
from tests.results.test_files import largest_file

EVENING = datetime(2026, 5, 6, 20, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of the `database`, with a stick that is not there yet."""
    return Settings(data=tmp_path, backup_folder=str(tmp_path.parent / f"{tmp_path.name}-stick"))


@pytest.fixture
def stick(settings: Settings) -> Path:
    assert settings.second_folder is not None
    settings.second_folder.mkdir()
    return settings.second_folder


def test_a_backup_is_one_checked_file_of_everything(
    database: Database, event: Event, settings: Settings
) -> None:
    file = Backups(settings).make()

    (contents,) = read_contents(file).events
    assert (contents.key, contents.title, contents.phase) == (event.key, event.title, "cafe")
    with contextlib.closing(sqlite3.connect(file)) as rows, database.read() as session:
        names = {name for (name,) in rows.execute("SELECT name FROM sqlite_master")}
        assert {"event", "offer", "island", "secret", "photo"} < names
        stored = rows.execute("SELECT device_secret FROM event").fetchone()
        assert stored == (session.exec(select(Event)).one().device_secret,)
    assert sorted(each.name for each in file.parent.iterdir()) == ["lock", file.name]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_leaves_the_older_backup_and_no_part_of_a_new_one(
    database: Database, event: Event, settings: Settings
) -> None:
    """D07"""
    backups = Backups(settings)
    older = backups.make()
    before = older.read_bytes()
    time.sleep(1.1)  # another name

    with largest_file(len(before) // 2), pytest.raises(CannotStore) as refused:
        backups.make()

    assert refused.value.message == NO_ROOM
    assert backups.standing.problem == NO_ROOM
    assert [each.file for each in backups_in(older.parent)] == [older]
    assert sorted(each.name for each in older.parent.iterdir()) == ["lock", older.name]
    assert older.read_bytes() == before
    newer = backups.make()
    assert backups.standing.problem is None
    assert newest_good_backup(settings) == backups_in(older.parent)[0]
    assert newer != older


def test_a_damaged_database_replaces_no_backup(
    database: Database, event: Event, settings: Settings, tmp_path: Path
) -> None:
    target = tmp_path / "kept.db"
    copy_database(tmp_path / "worldcafe.db", target)
    kept = target.read_bytes()
    broken = tmp_path / "broken.db"
    broken.write_bytes(with_hole(kept))

    with pytest.raises(Damaged):
        copy_database(broken, target)

    assert target.read_bytes() == kept
    assert [each.name for each in tmp_path.iterdir() if "partial" in each.name] == []


def with_hole(content: bytes) -> bytes:
    """As a bad sector leaves it: five pages are gone."""
    return content[: 4096 * 8] + bytes(4096 * 5) + content[4096 * 13 :]


def test_of_many_backups_the_useful_ones_are_kept(tmp_path: Path) -> None:
    """The newest 12, one an hour, one a day."""
    made = [EVENING - timedelta(minutes=5 * number) for number in range(12 * 24 * 20)]
    for at in made:
        (tmp_path / name_at(at)).touch()
    strangers = [tmp_path / "holiday.jpg", tmp_path / "worldcafe-mine.db"]
    left = tmp_path / f"{name_at(EVENING)}.partial"
    for file in (*strangers, left):
        file.touch()

    rotate(tmp_path, EVENING)
    kept = {each.at for each in backups_in(tmp_path)}

    assert set(made[:12]) < kept
    hours = {(at.day, at.hour) for at in kept if at > EVENING - timedelta(hours=12)}
    assert len(hours) == 13  # twelve and the one that has begun
    assert {at.date() for at in kept} == {
        (EVENING - timedelta(days=number)).date() for number in range(15)
    }
    assert len(kept) <= 12 + 13 + 15
    assert [file.exists() for file in (*strangers, left)] == [True, True, False]
    rotate(tmp_path, EVENING)
    assert {each.at for each in backups_in(tmp_path)} == kept


def test_a_clock_that_is_set_back_rotates_no_new_backup_away(
    database: Database, event: Event, settings: Settings, stick: Path
) -> None:
    """An hour of backups is there already, all of them newer by name than what is made now; on the stick
    even one of tomorrow."""
    now = datetime.now(UTC)
    folder = settings.data / "backups"
    folder.mkdir()
    for number in range(13):
        at = now + timedelta(hours=1) - timedelta(minutes=5 * number)
        (folder / name_at(at)).write_bytes(b"older")
    tomorrow = now + timedelta(days=1)
    (stick / name_at(tomorrow)).write_bytes(b"older")

    backups = Backups(settings)
    made = [backups.make(), backups.make()]

    assert [each.file for each in backups_in(folder)[:2]] == made[::-1]
    assert [each.file.name for each in backups_in(stick)[:2]] == [file.name for file in made[::-1]]
    assert backups.standing.second == Second.done
    found = newest_good_backup(settings)
    assert found is not None
    assert found.file.name == made[1].name
    assert moment_for(tomorrow + timedelta(minutes=5), folder) == tomorrow + timedelta(minutes=5)


def test_a_second_folder_that_answers_with_errors_is_missing(
    database: Database, event: Event, settings: Settings
) -> None:
    """A stick pulled out in the middle, a file in its place, a link to itself, a name too long."""
    folder = settings.second_folder
    assert folder is not None
    unheard = settings.model_copy(update={"backup_folder": "/media/" + "x" * 300})

    def second(settings: Settings) -> Second:
        backups = Backups(settings)
        backups.make()
        catch_up(settings, "backup")
        return backups.standing.second

    assert second(unheard) == Second.missing
    folder.symlink_to(folder)
    assert second(settings) == Second.missing
    folder.unlink()
    folder.write_text("not a folder")
    assert second(settings) == Second.missing
    shred(database, unheard, event.key)
    with database.read() as session:
        assert session.exec(select(Event)).all() == []


def test_stopping_leaves_the_copy_on_the_stick_half_way(
    database: Database, event: Event, settings: Settings, stick: Path
) -> None:
    """A large one on a slow stick takes minutes."""
    file = Backups(settings).make()

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        copy_file(file, stick / "later.db", stop)
    assert sorted(each.name for each in stick.iterdir()) == [file.name]


def test_twenty_who_press_at_once_get_one_of_two_backups(
    database: Database, event: Event, settings: Settings
) -> None:
    """Whoever asked before it was begun has what they asked for: nobody waits for twenty in turn."""
    backups = Backups(settings)
    with ThreadPoolExecutor(20) as hands, alone(settings.data):
        pressed = [hands.submit(backups.make) for _ in range(20)]
        time.sleep(0.5)
    made = {each.result() for each in pressed}

    assert len(made) == 1
    assert [each.file for each in backups_in(settings.data / "backups")] == list(made)


def test_room_is_made_with_the_oldest_but_three_are_left(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / name_at(EVENING - timedelta(hours=number))).write_bytes(bytes(1000))

    make_room(tmp_path, needed=2500, free=1000)
    after = [each.at for each in backups_in(tmp_path)]
    make_room(tmp_path, needed=10**9, free=0)

    assert after == [EVENING - timedelta(hours=number) for number in range(4)]
    assert len(backups_in(tmp_path)) == 3


def test_the_second_folder_gets_the_same_file_and_is_never_made(
    database: Database, event: Event, settings: Settings
) -> None:
    """Where a stick is missing, its mount point would fill the disk."""
    backups = Backups(settings)
    assert settings.second_folder is not None

    backups.make()
    away = backups.standing.second
    assert (away, settings.second_folder.exists()) == (Second.missing, False)
    settings.second_folder.mkdir()
    file = backups.make()

    assert backups.standing.second == Second.done
    (copy,) = backups_in(settings.second_folder)
    assert copy.file.read_bytes() == file.read_bytes()


def test_a_new_process_knows_how_old_the_newest_backup_is(
    database: Database, event: Event, settings: Settings
) -> None:
    assert Backups(settings).standing == Standing(second=Second.missing)
    file = Backups(settings).make()

    (backup,) = backups_in(file.parent)
    assert Backups(settings).standing.newest_at == backup.at


def test_a_backup_elsewhere_replaces_a_backup_and_nothing_else(
    database: Database, event: Event, settings: Settings, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Liebe Kollegin")
    file = tmp_path / "elsewhere.db"

    assert back_up_to(settings, file) == file
    database.write(lambda session: setattr(session.exec(select(Event)).one(), "title", "Später"))
    assert back_up_to(settings, file) == file
    into = back_up_to(settings, tmp_path)

    assert read_contents(file).events[0].title == "Später"
    assert (into.parent, len(backups_in(tmp_path))) == (tmp_path, 1)
    nowhere = tmp_path / "nowhere"
    in_the_way = {letter: letter, tmp_path / "worldcafe.db": tmp_path / "worldcafe.db"}
    for wrong, named in (in_the_way | {nowhere / "x.db": nowhere}).items():
        with pytest.raises(Failed) as failed:
            back_up_to(settings, wrong)
        assert list(failed.value.parameters.values()) == [named]
    assert letter.read_text() == "Liebe Kollegin"


# --- what has ended stays so ----------------------------------------------------------------------


@pytest.fixture
def closed(database: Database, event: Event) -> Event:
    def fill(session: Session) -> None:
        session.connection().exec_driver_sql(
            "INSERT INTO dot SELECT 1, 'kanarienhash', key, 1, 1, 'phone' FROM offer"
        )
        enter_phase(session, 1, Phase.closed)

    database.write(fill)
    return event


def test_copies_on_the_stick_are_sealed_with_the_event(
    database: Database, closed: Event, settings: Settings, stick: Path
) -> None:
    Backups(settings).make()
    assert holding(stick, b"kanarienhash") == 1

    seal_everywhere(database, settings, closed, "planner Ada")

    assert holding(stick, b"kanarienhash") == 0
    assert holding(settings.data / "backups", b"kanarienhash") == 0
    (backup,) = backups_in(stick)
    assert read_contents(backup.file).events[0].dots > 10


@pytest.mark.parametrize("how", ["sealed", "deleted"])
def test_a_stick_that_was_away_is_caught_up_with_when_it_is_back(
    database: Database, closed: Event, settings: Settings, stick: Path, how: str
) -> None:
    Backups(settings).make()
    away = stick.rename(stick.with_name("pocket"))
    if how == "sealed":
        seal_everywhere(database, settings, closed, "planner Ada")
    else:
        shred(database, settings, closed.key)
    catch_up(settings, "backup")
    assert holding(away, b"kanarienhash") == 1

    away.rename(stick)
    catch_up(settings, "backup")

    assert holding(stick, b"kanarienhash") == 0
    assert ended_in(stick) == ended_in(settings.data / "backups")
    (backup,) = backups_in(stick)
    assert len(read_contents(backup.file).events) == (1 if how == "sealed" else 0)
    assert closed.code.encode() not in (stick / "ended.json").read_bytes()


@pytest.mark.parametrize("how", ["sealed", "deleted"])
def test_copies_that_a_killed_server_had_not_come_to_are_changed_later(
    database: Database, closed: Event, settings: Settings, stick: Path, how: str
) -> None:
    """Killed when it had written down what has ended, and before the first copy."""
    Backups(settings).make()
    mark = frozenset({mark_of(closed.key, closed.code)})
    keep_in_mind(settings, Ended(deleted=mark) if how == "deleted" else Ended(sealed=mark))
    assert (
        holding(settings.data / "backups", b"kanarienhash"),
        holding(stick, b"kanarienhash"),
    ) == (1, 1)

    catch_up(settings, "backup")

    assert (
        holding(settings.data / "backups", b"kanarienhash"),
        holding(stick, b"kanarienhash"),
    ) == (0, 0)
    (backup,) = backups_in(settings.data / "backups")
    assert len(read_contents(backup.file).events) == (1 if how == "sealed" else 0)
    assert not (settings.data / "backups" / "ending").exists()


def test_a_deletion_that_came_to_its_end_leaves_nothing_to_be_done(
    database: Database, closed: Event, settings: Settings
) -> None:
    shred(database, settings, closed.key)

    assert not (settings.data / "backups" / "ending").exists()


DAMAGED_LISTS = (
    "garbage{",
    "[]",
    '{"deleted": [[1]], "sealed": [], "forgotten": []}',
    '{"deleted": [1, "a"], "sealed": [], "forgotten": []}',
    '{"deleted": "abc", "sealed": [], "forgotten": []}',
)


@pytest.mark.parametrize("damaged", DAMAGED_LISTS)
@pytest.mark.parametrize("is_on_stick", [False, True])
def test_a_damaged_list_of_what_has_ended_is_made_good_from_the_other_folder(
    database: Database,
    closed: Event,
    settings: Settings,
    stick: Path,
    damaged: str,
    is_on_stick: bool,
) -> None:
    own = settings.data / "backups"
    Backups(settings).make()
    shred(database, settings, closed.key)
    before = ended_in(own)
    ((stick if is_on_stick else own) / "ended.json").write_text(damaged)

    catch_up(settings, "backup")

    assert len(before.deleted) == 1
    assert (ended_in(own), ended_in(stick)) == (before, before)


def holding(folder: Path, trace: bytes) -> int:
    return sum(trace in file.read_bytes() for file in files_in(folder))


def files_in(folder: Path) -> Iterator[Path]:
    return (file for file in folder.iterdir() if file.is_file())
