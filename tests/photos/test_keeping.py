"""Photos as rows: where they hang, in which order, who may touch them, and what the journal says."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import col, select

from app.database import Database
from app.errors import NotAcceptable, NotOpen, Retired, Stale, Unknown
from app.moderation.wiping import begin_rehearsal, end_rehearsal, reset
from app.photos.drawing import DrawnPhoto
from app.photos.keeping import (
    MOST_PHOTOS,
    PhotoDesk,
    add_photo,
    change_photo,
    move_photo,
    remove_photo,
)
from app.photos.queries import KeptPhoto, photo_content, photo_contents, photos
from app.planning.deleting import delete_event
from app.planning.journal import Act
from app.planning.models import Event, Island


@pytest.fixture
def desk(database: Database, event: Event) -> PhotoDesk:
    assert event.id is not None
    return PhotoDesk(event.id, event.code, None, "moderator 1")


def of_island(desk: PhotoDesk, island: int) -> PhotoDesk:
    return PhotoDesk(desk.event_id, desk.code, island, f"host {island}")


def add(database: Database, desk: PhotoDesk, name: str, island: int | None = None) -> None:
    photo = DrawnPhoto(name.encode(), 4, 3)
    database.write(add_photo, desk, island, photo)


def kept(database: Database, desk: PhotoDesk) -> dict[str, KeptPhoto]:
    """Content → photo, in their order."""
    with database.read() as session:
        contents = dict(photo_contents(session, desk.event_id))
        return {contents[each.id].decode(): each for each in photos(session, desk.event_id)}


def acts(database: Database, desk: PhotoDesk) -> list[tuple[str, str, int | None]]:
    with database.read() as session:
        rows = session.exec(
            select(Act).where(Act.event_id == desk.event_id).order_by(col(Act.number))
        )
        return [(act.actor, act.name, act.details["island"]) for act in rows]


def version(database: Database, desk: PhotoDesk) -> int:
    with database.read() as session:
        return session.get_one(Event, desk.event_id).version


def test_photos_stand_event_first_then_by_island_each_in_the_order_of_arrival(
    database: Database, desk: PhotoDesk
) -> None:
    for name, island in (("c", 3), ("a", None), ("d", 3), ("e", 12), ("b", None)):
        add(database, desk, name, island)

    assert [(name, each.island) for name, each in kept(database, desk).items()] == [
        ("a", None),
        ("b", None),
        ("c", 3),
        ("d", 3),
        ("e", 12),
    ]
    with database.read() as session:
        assert [each.island for each in photos(session, desk.event_id, 3)] == [3, 3]


def test_every_act_raises_the_version_and_is_in_the_journal(
    database: Database, desk: PhotoDesk
) -> None:
    before = version(database, desk)
    host = of_island(desk, 3)

    add(database, host, "a", 3)
    add(database, host, "b", 3)
    photo = kept(database, desk)["a"]
    database.write(change_photo, host, photo.id, "Die Pinnwand", 3, 1)
    database.write(move_photo, desk, photo.id, "down", 2)
    database.write(change_photo, desk, photo.id, "Die Pinnwand", None, 3)
    database.write(remove_photo, desk, photo.id, 4)

    assert acts(database, desk) == [
        ("host 3", "photo-adding", 3),
        ("host 3", "photo-adding", 3),
        ("host 3", "photo-change", 3),
        ("moderator 1", "photo-place", 3),
        ("moderator 1", "photo-change", None),
        ("moderator 1", "photo-removal", None),
    ]
    assert version(database, desk) == before + 6


def test_what_changes_nothing_is_no_act(database: Database, desk: PhotoDesk) -> None:
    add(database, desk, "a")
    photo = kept(database, desk)["a"]
    before = version(database, desk)

    add(database, desk, "a")
    database.write(change_photo, desk, photo.id, "", None, 1)
    database.write(move_photo, desk, photo.id, "up", 1)
    database.write(move_photo, desk, photo.id, "down", 1)

    assert (version(database, desk), len(acts(database, desk))) == (before, 1)


def test_the_same_photo_sent_twice_is_one_but_at_two_islands_two(
    database: Database, desk: PhotoDesk
) -> None:
    for island in (3, 3, 4):
        add(database, desk, "a", island)

    with database.read() as session:
        assert [each.island for each in photos(session, desk.event_id)] == [3, 4]


def test_photos_are_moved_within_their_island_only(database: Database, desk: PhotoDesk) -> None:
    for name, island in (("x", None), ("a", 3), ("b", 3), ("c", 3), ("y", 4)):
        add(database, desk, name, island)

    for name, direction in (("c", "up"), ("c", "up"), ("c", "up"), ("a", "down")):
        photo = kept(database, desk)[name]
        database.write(move_photo, desk, photo.id, direction, photo.version)

    assert list(kept(database, desk)) == ["x", "c", "b", "a", "y"]


def test_who_acts_on_what_somebody_else_changed_changes_nothing(
    database: Database, desk: PhotoDesk
) -> None:
    """C06"""
    add(database, desk, "a")
    photo = kept(database, desk)["a"]
    database.write(change_photo, desk, photo.id, "Erste", None, 1)

    for act, values in (
        (change_photo, ("Zweite", None)),
        (move_photo, ("up",)),
        (remove_photo, ()),
    ):
        with pytest.raises(Stale):
            database.write(act, desk, photo.id, *values, 1)

    assert kept(database, desk)["a"].caption == "Erste"


def test_a_host_reaches_no_photo_of_another_island(database: Database, desk: PhotoDesk) -> None:
    """I12"""
    add(database, desk, "a", 4)
    photo, host = kept(database, desk)["a"], of_island(desk, 3)

    for act, values in (
        (change_photo, ("Meins", 3)),
        (move_photo, ("up",)),
        (remove_photo, ()),
    ):
        with pytest.raises(Unknown):
            database.write(act, host, photo.id, *values, 1)
    with pytest.raises(Unknown):
        add(database, host, "b", 4)
    with database.read() as session, pytest.raises(Unknown):
        photo_content(session, desk.event_id, photo.id, host.island)

    assert kept(database, desk) == {"a": photo}


def test_the_sixty_first_photo_is_refused_kindly(database: Database, desk: PhotoDesk) -> None:
    """F05"""
    for number in range(MOST_PHOTOS):
        add(database, desk, str(number), number % 12 + 1)

    add(database, desk, "0", 1)  # is there already
    with pytest.raises(NotAcceptable, match="60 Fotos"):
        add(database, desk, "61")

    assert len(kept(database, desk)) == 60


def test_a_caption_is_cleaned_and_bounded(database: Database, desk: PhotoDesk) -> None:
    """I02, I03"""
    add(database, desk, "a")
    photo = kept(database, desk)["a"]

    database.write(change_photo, desk, photo.id, " Vor\u202e der\nPause\x00 ", None, 1)
    with pytest.raises(NotAcceptable, match="160 Zeichen"):
        database.write(change_photo, desk, photo.id, "x" * 161, None, 2)

    assert kept(database, desk)["a"].caption == "Vor der Pause"


def test_photos_of_a_retired_island_stay_but_none_come_to_it(
    database: Database, desk: PhotoDesk
) -> None:
    add(database, desk, "a", 3)
    add(database, desk, "b")

    def retire(session) -> None:
        session.get_one(Island, (desk.event_id, 3)).is_retired = True

    database.write(retire)

    with pytest.raises(Retired):
        add(database, desk, "c", 3)
    with pytest.raises(Retired):
        database.write(change_photo, desk, kept(database, desk)["b"].id, "", 3, 1)
    database.write(change_photo, desk, kept(database, desk)["a"].id, "Noch da", 3, 1)
    database.write(change_photo, desk, kept(database, desk)["a"].id, "Umgezogen", None, 2)

    assert [(name, each.island) for name, each in kept(database, desk).items()] == [
        ("b", None),
        ("a", None),
    ]


def test_a_photo_of_a_rehearsal_goes_with_it_but_stays_at_a_reset(
    database: Database, desk: PhotoDesk
) -> None:
    database.write(begin_rehearsal, desk.event_id)
    add(database, desk, "a", 3)
    database.write(reset, desk.event_id, "falsch aufgebaut", desk.code)
    assert list(kept(database, desk)) == ["a"]

    database.write(end_rehearsal, desk.event_id, keep=False)

    assert kept(database, desk) == {}


def test_no_rehearsal_begins_once_there_is_a_real_photo(
    database: Database, desk: PhotoDesk
) -> None:
    add(database, desk, "a")

    with pytest.raises(NotOpen, match="Fotos"):
        database.write(begin_rehearsal, desk.event_id)


@pytest.mark.parametrize("count", [1, 3])
def test_photos_are_listed_in_one_query_without_their_pixels(
    database: Database, desk: PhotoDesk, statements: list[str], count: int
) -> None:
    for number in range(count):
        add(database, desk, str(number), number + 1)
    statements.clear()

    with database.read() as session:
        listed = photos(session, desk.event_id)

    assert (len(listed), len(statements)) == (count, 1)
    assert "photo.content" not in statements[0]


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """What is sent to the database from now on."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    with database.read() as session:
        engine = session.get_bind()
    sqlalchemy_event.listen(engine, "before_cursor_execute", note)
    yield sent
    sqlalchemy_event.remove(engine, "before_cursor_execute", note)


def test_an_event_that_was_deleted_while_a_photo_came_is_unknown(
    database: Database, event: Event, desk: PhotoDesk
) -> None:
    database.write(delete_event, event.key)

    with pytest.raises(Unknown):
        add(database, desk, "a")
