"""Photos on their way into a document: as large as a page shows them, and no larger."""

import io

from PIL import Image

from app.results.printed import LONGEST_SIDE, printed


def photo(width: int, height: int, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 10)).save(file, kind)
    return file.getvalue()


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.size


def test_all_but_the_covers_photo_are_made_smaller() -> None:
    kept = {
        "cover": photo(2000, 1500),
        "wide": photo(2000, 1500),
        "tall": photo(1501, 2000),
        "odd": photo(1700, 900),
        "small": photo(640, 480),
        "logo": photo(1200, 400, "PNG"),
    }
    shown = printed({"cover": {"photo": {"id": "cover"}}}, kept)
    assert {name: size_of(picture) for name, picture in shown.items()} == {
        "cover": (2000, 1500),
        "wide": (LONGEST_SIDE, 750),
        "tall": (751, LONGEST_SIDE),
        "odd": (LONGEST_SIDE, 529),
        "small": (640, 480),
        "logo": (1200, 400),
    }
    assert [name for name in kept if shown[name] is kept[name]] == ["cover", "small", "logo"]


def test_without_a_cover_photo_all_are_made_smaller() -> None:
    shown = printed({"cover": {"photo": None}}, {"wide": photo(2000, 1500)})
    assert size_of(shown["wide"]) == (LONGEST_SIDE, 750)
