"""What a report knows besides numbers: series, texts, groups, photos, and the picture of the words."""

from collections.abc import Callable

from sqlalchemy import event as sqlalchemy_event
from sqlmodel import Session, select

from app.cloud.place import Place
from app.database import Database
from app.feedback.models import Word
from app.planning.models import Event
from app.results.report import Report
from app.results.reported.photos import LOGO, read_pictures, reported_photos
from tests.results.conftest import picture


def test_the_series_has_all_its_dates(documented: Report) -> None:
    series = documented.series
    assert (series.title, series.accent, series.has_logo) == (
        "Expert*innendialoge im Sozialraum 2023",
        "#0f6f68",
        True,
    )
    assert [date.district for date in series.dates] == [
        "Mitte/Styrum",
        "Alstaden/Lirich",
        "Osterfeld",
        "Oberhausen-Ost",
        "Sterkrade-Mitte",
        "Sterkrade-Nord",
    ]


def test_an_island_has_what_its_host_wrote_and_photographed(documented: Report) -> None:
    first, second, *_rest = documented.islands
    assert (first.key_sentence, first.note) == (
        "Sichtbar werden!",
        "Viele kannten die Beratung nicht.",
    )
    assert [photo.caption for photo in first.photos] == ["Die Pinnwand", ""]
    assert [photo.caption for photo in documented.photos] == ["Der Saal"]
    assert (second.key_sentence, second.photos) == ("", ())


def test_groups_are_in_the_planners_order_and_cards_know_theirs(documented: Report) -> None:
    assert [group.id for group in documented.groups] == ["notices", "nobody"]
    cards = [card.group for island in documented.islands for card in island.cards]
    assert cards == ["notices", None, "notices"]


def test_photos_are_known_without_reading_them(database: Database, documented: Report) -> None:
    statements: list[str] = []
    with database.read() as session:
        event = session.exec(select(Event)).one()
        assert event.id is not None
        listener = lambda *arguments: statements.append(arguments[2])  # noqa: E731
        sqlalchemy_event.listen(session.get_bind(), "before_cursor_execute", listener)
        photos = reported_photos(session, event.id)
    assert [photo.id for photo in photos] == ["photo-9", "photo-8", "photo-7"]
    assert ["content" in statement for statement in statements] == [False]
    with database.read() as session:
        pictures = read_pictures(session, session.exec(select(Event)).one())
    assert pictures == {
        "photo-9": picture("JPEG", hue=0),
        "photo-8": picture("JPEG", hue=1),
        "photo-7": picture("JPEG", hue=2),
        LOGO: picture("PNG"),
    }


def test_the_cloud_is_the_one_that_was_frozen(
    database: Database, report: Report, read: Callable[[], Report]
) -> None:
    def freeze(session: Session) -> None:
        word = session.exec(select(Word).where(Word.id == report.cloud[0].id)).one()
        word.x, word.y, word.size = 800.0, 450.0, 96.0
        event = session.exec(select(Event)).one()
        event.cloud_frozen_at = word.arrival + 1  # after its first entry

    assert [(word.text, word.count, word.place) for word in report.cloud] == [
        ("Spannend", 2, None),
        ("gut vernetzt", 1, None),
        ("Aufbruch", 1, None),
    ]
    database.write(freeze)

    frozen = read()
    place = Place(report.cloud[0].id, 800.0, 450.0, 96.0)
    assert [(word.text, word.count, word.place) for word in frozen.cloud] == [
        ("Spannend", 1, place)
    ]
    assert frozen.words == report.words
