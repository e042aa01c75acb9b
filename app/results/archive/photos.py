"""The photos of an archive: files with names that say where they belong, and their captions."""

from dataclasses import dataclass

from app.planning.keys import key_from
from app.results.as_csv import written_csv
from app.results.printed import smaller
from app.results.report import Report
from app.results.reported.photos import Pictures, ReportedPhoto

FOLDER = "photos"
CAPTIONS = f"{FOLDER}/captions.csv"
LONGEST_NAME = 40  # of an island, in its photos' names: paths stay short enough for Windows
LONGEST_SIDE = 500  # pixels, of the small ones within the page: a quarter of 2000 is read at once
_HEADER = ["file", "island", "island_title", "caption"]


@dataclass(frozen=True)
class ArchivedPhoto:
    """`path` is below the archive's root, in ASCII, whatever an island is called."""

    path: str
    island_number: int | None  # None: of the whole event
    island_title: str
    photo: ReportedPhoto


def archived_photos(report: Report, pictures: Pictures) -> list[ArchivedPhoto]:
    """Those of the event, then those of each island, in the order of their desks."""
    of_event = [
        _placed("00", None, "", place, photo, pictures)
        for place, photo in enumerate(report.photos, 1)
    ]
    return of_event + [
        _placed(f"{island.number:02}", island.number, island.title, place, photo, pictures)
        for island in report.islands
        for place, photo in enumerate(island.photos, 1)
    ]


def captions_csv(photos: list[ArchivedPhoto], *, is_german: bool) -> bytes:
    """A row a photo; like all our CSV files."""
    rows = [
        [placed.path, placed.island_number, placed.island_title, placed.photo.caption]
        for placed in photos
    ]
    return written_csv(_HEADER, rows, is_german=is_german)


def small_photos(photos: list[ArchivedPhoto], pictures: Pictures) -> dict[str, bytes]:
    """Photo id → a file to show on a page."""
    return {placed.photo.id: smaller(pictures[placed.photo.id], LONGEST_SIDE) for placed in photos}


def media_type_of(picture: bytes) -> str:
    """By its first bytes, of the two kinds that are kept."""
    return "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"


def _placed(
    number: str,
    island: int | None,
    title: str,
    place: int,
    photo: ReportedPhoto,
    pictures: Pictures,
) -> ArchivedPhoto:
    kind = "png" if media_type_of(pictures[photo.id]) == "image/png" else "jpg"
    named = "-".join(
        filter(None, [number, key_from(title)[:LONGEST_NAME].strip("-"), f"{place:02}"])
    )
    return ArchivedPhoto(f"{FOLDER}/{named}.{kind}", island, title, photo)
