"""Planners: a one-time link, a password, and answers that tell nobody which of the two was wrong."""

import time

import pytest
from sqlmodel import select

from app.database import Database
from app.errors import NotAcceptable, NotAllowed
from app.people.models import Planner
from app.people.planners import (
    add_planner,
    has_planner,
    hash_password,
    password_hash_of,
    planner_setting_up,
    set_password,
    verify,
)
from app.people.sessions import planner_id_of
from app.people.sessions import sign_in as start_session

PASSWORD = "correct horse battery"


def set_up(database: Database, name: str = "Ada") -> None:
    token = database.write(add_planner, name).removeprefix("/set-up/")
    database.write(set_password, token, hash_password(PASSWORD))


def sign_in(database: Database, name: str, password: str) -> int | None:
    with database.read() as session:
        planner_id, password_hash = password_hash_of(session, name)
    verify(password_hash, password)
    return planner_id


def test_the_link_sets_a_password_once(database: Database) -> None:
    token = database.write(add_planner, " Ada ").removeprefix("/set-up/")
    assert database.write(has_planner) is False

    database.write(set_password, token, hash_password(PASSWORD))

    assert database.write(has_planner) is True
    assert sign_in(database, "Ada", PASSWORD) == sign_in(database, " ada ", PASSWORD) == 1
    with pytest.raises(NotAllowed):
        database.write(planner_setting_up, token)


def test_a_new_link_makes_the_old_one_invalid_and_keeps_the_password(database: Database) -> None:
    first = database.write(add_planner, "Ada").removeprefix("/set-up/")
    second = database.write(add_planner, "Ada").removeprefix("/set-up/")

    with pytest.raises(NotAllowed):
        database.write(planner_setting_up, first)
    assert database.write(planner_setting_up, second).name == "Ada"
    with database.read() as session:
        assert len(session.exec(select(Planner)).all()) == 1


def test_there_is_one_planner_of_a_name_however_it_is_written(database: Database) -> None:
    set_up(database, "Ada")

    token = database.write(add_planner, "ADA").removeprefix("/set-up/")
    database.write(set_password, token, hash_password(PASSWORD + "!"))

    assert database.write(lambda session: session.exec(select(Planner.name)).all()) == ["Ada"]
    assert sign_in(database, "ada", PASSWORD + "!") == 1


def test_a_new_password_ends_every_session_of_the_old_one(database: Database) -> None:
    """S06: whoever forgot to sign out, or got hold of the password."""
    set_up(database)
    token = database.write(start_session, planner_id=1)
    assert database.write(planner_id_of, token) == 1

    set_up(database)

    assert database.write(planner_id_of, token) is None


def test_the_password_is_stored_as_argon2id_only(database: Database) -> None:
    set_up(database)

    with database.read() as session:
        stored = session.exec(select(Planner.password_hash)).one()

    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ada", "wrong horse"), ("Bob", PASSWORD), ("Ada", ""), ("", ""), ("\x00", "x" * 10_000)],
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    database: Database, name: str, password: str
) -> None:
    set_up(database)

    with pytest.raises(NotAllowed) as refused:
        sign_in(database, name, password)

    assert str(refused.value) == "Name oder Passwort stimmt nicht."


def test_an_unknown_name_costs_as_much_work_as_a_wrong_password(database: Database) -> None:
    """S05: in seconds of the processor, so that a busy machine says the same."""
    set_up(database)

    def work(name: str) -> float:
        start = time.process_time()
        for _ in range(3):
            with pytest.raises(NotAllowed):
                sign_in(database, name, "something else")
        return time.process_time() - start

    work("Ada")  # what is made only once
    known, unknown = work("Ada"), work("Eve")

    assert known / 4 < unknown < known * 4


def test_a_planner_who_has_not_set_a_password_can_not_sign_in(database: Database) -> None:
    database.write(add_planner, "Ada")

    for password in ("", "None", "x" * 12):
        with pytest.raises(NotAllowed):
            sign_in(database, "Ada", password)


@pytest.mark.parametrize("password", ["", "short", "x" * 9, "x" * 201])
def test_passwords_have_bounds(password: str) -> None:
    with pytest.raises(NotAcceptable):
        hash_password(password)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "A\0da", "A\nda", "\u202eadA"])
def test_names_have_bounds(database: Database, name: str) -> None:
    with pytest.raises(NotAcceptable):
        database.write(add_planner, name)
