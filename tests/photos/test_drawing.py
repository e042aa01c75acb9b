"""What is kept of a photo: its pixels, upright, in the right colours; of anything else nothing."""

import io

import pytest
from PIL import Image

from app.errors import NotAcceptable
from app.photos.drawing import (
    DAMAGED,
    HEIC,
    LONGEST_SIDE,
    MAX_BYTES,
    NOT_READ,
    THUMBNAIL_SIDE,
    TOO_BIG,
    TOO_MANY_PIXELS,
    drawn_photo,
    thumbnail,
)
from tests.photos.pictures import (
    CANARY,
    PAPER,
    TEAL,
    VERMILION,
    board,
    from_a_phone,
    in_swapped_colours,
    jpeg,
    pixel_bomb,
    written,
)


def drawn(content: bytes) -> Image.Image:
    photo = drawn_photo(io.BytesIO(content))
    image = Image.open(io.BytesIO(photo.content), formats=("JPEG",))
    assert (image.size, image.mode) == ((photo.width, photo.height), "RGB")
    return image


def why_not(content: bytes) -> str:
    with pytest.raises(NotAcceptable) as refused:
        drawn_photo(io.BytesIO(content))
    assert refused.value.field == "photos"
    return refused.value.message


def corners(image: Image.Image) -> list[str]:
    """What lies in the four corners, from the top left in the clock's direction."""
    colours = {"teal": TEAL, "vermilion": VERMILION, "paper": PAPER, "white": (255, 255, 255)}
    x, y = image.width - 9, image.height - 9
    names = []
    for place in ((8, 8), (x, 8), (x, y), (8, y)):
        pixel = image.getpixel(place)
        assert isinstance(pixel, tuple)
        distance = {
            name: sum(abs(a - b) for a, b in zip(pixel, colour, strict=True))
            for name, colour in colours.items()
        }
        nearest = min(distance, key=lambda name: distance[name])
        names.append(nearest if distance[nearest] < 90 else str(pixel))
    return names


UPRIGHT = ["teal", "paper", "vermilion", "paper"]


def test_where_when_and_by_what_a_photo_was_taken_is_gone() -> None:
    """F07"""
    sent = from_a_phone()
    assert sent.count(CANARY.encode()) >= 4, "else its being gone would mean nothing"

    kept = drawn_photo(io.BytesIO(sent)).content

    image = Image.open(io.BytesIO(kept))
    assert (dict(image.getexif()), image.info.keys() - {"jfif", "jfif_version", "jfif_unit"}) == (
        {},
        {"jfif_density"},
    )
    assert CANARY.encode() not in kept
    assert b"Exif" not in kept


@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_the_phone_was_held_the_photo_stands_upright(orientation: int) -> None:
    """F07: what each value says must be done is undone before, so that all look the same."""
    as_sensor = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    image = board() if as_sensor is None else board().transpose(as_sensor)

    upright = drawn(from_a_phone(image, orientation))

    assert (upright.size, corners(upright)) == ((400, 300), UPRIGHT)


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_a_jpeg_in_any_colours_becomes_one_in_rgb(mode: str) -> None:
    """F07"""
    image = drawn(jpeg(board(mode=mode)))

    assert mode == "L" or corners(image) == UPRIGHT


def test_colours_are_those_that_the_photo_s_own_profile_means() -> None:
    """F07: or photos from many a phone would look pale."""
    assert corners(drawn(in_swapped_colours())) == UPRIGHT


def test_a_profile_that_can_not_be_read_is_left_out() -> None:
    assert corners(drawn(jpeg(icc_profile=b"no profile"))) == UPRIGHT


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_what_is_transparent_becomes_white(format: str) -> None:
    image = board(mode="RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 100, 75))

    assert corners(drawn(written(image, format))) == ["white", "paper", "vermilion", "paper"]


@pytest.mark.parametrize("mode", ["P", "1", "LA"])
def test_rare_kinds_of_png_are_read_too(mode: str) -> None:
    assert drawn(written(board(mode="L").convert(mode), "PNG")).size == (400, 300)


def test_a_scan_of_16_bits_keeps_its_greys() -> None:
    """F07"""
    grey = board(mode="L")
    fine = grey.convert("I").point(lambda value: value * 257).convert("I;16")

    assert drawn(written(fine, "PNG")).tobytes() == drawn(written(grey, "PNG")).tobytes()


def test_a_large_photo_is_made_smaller_and_a_small_one_stays() -> None:
    sizes = [drawn(jpeg(board(*size))).size for size in ((4000, 3000), (3000, 4000), (640, 480))]

    assert sizes == [(LONGEST_SIDE, 1500), (1500, LONGEST_SIDE), (640, 480)]


def test_the_same_photo_gives_the_same_bytes() -> None:
    """F10: sent twice it is one."""
    first, second = (drawn_photo(io.BytesIO(from_a_phone())) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 10_000), (6_000, 5_000)])
def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    """F05: of three sizes: what Pillow refuses, what it warns of, and what only we mind."""
    bomb = pixel_bomb(*size)
    assert len(bomb) < 200_000

    assert why_not(bomb) == TOO_MANY_PIXELS


def test_a_webp_takes_more_memory_to_unpack_so_it_may_have_fewer_pixels() -> None:
    """F05"""
    large = written(Image.new("L", (4100, 3200)), "WEBP", quality=1, method=0)

    assert why_not(large) == TOO_MANY_PIXELS


def test_a_jpeg_that_goes_over_its_picture_again_and_again_is_refused_before_it_is_unpacked() -> (
    None
):
    """F05: 12 MB of such scans would take hours."""
    usual = from_a_phone(board(800, 600), progressive=True)
    assert drawn(usual).size == (800, 600)
    last_scan = usual[usual.rindex(b"\xff\xda") : -2]
    assert why_not(usual[:-2] + last_scan * 60 + b"\xff\xd9") == DAMAGED

    assert drawn(usual + last_scan * 60).size == (800, 600), "a film behind the photo, say"


def test_a_photo_that_is_cut_off_is_refused() -> None:
    """F05"""
    whole = jpeg()
    parts = [whole[: len(whole) * part // 10] for part in range(2, 10)]

    assert {why_not(part) for part in parts} <= {DAMAGED, NOT_READ}


def test_of_a_file_that_is_two_things_only_the_photo_is_kept() -> None:
    """F06: a photo and a page with a script, in one."""
    script = b"<html><script>alert('x')</script>PK\x03\x04"

    kept = drawn_photo(io.BytesIO(jpeg(comment=script) + script)).content

    assert b"script" not in kept
    assert b"PK\x03\x04" not in kept
    assert kept.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        written(board(), "GIF"),
        written(board(), "TIFF"),
        written(board(), "BMP"),
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"GIF89a/*<script>",
        b"\x00" * 100,
        b"",
    ],
    ids=["svg", "gif", "tiff", "bmp", "pdf", "eps", "script", "zeros", "nothing"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    """F06: an SVG is a program, and other formats have readers that nobody needs."""
    assert why_not(content) == NOT_READ


@pytest.mark.parametrize("brand", [b"heic", b"mif1"])
def test_who_sends_a_heic_photo_is_told_what_to_do(brand: bytes) -> None:
    """F06"""
    assert why_not(b"\x00\x00\x00\x24ftyp" + brand + b"\x00" * 100) == HEIC


def test_a_file_that_is_too_big_is_not_even_read() -> None:
    """F05"""
    assert why_not(jpeg() + bytes(MAX_BYTES)) == TOO_BIG


def test_a_thumbnail_is_small() -> None:
    photo = drawn_photo(io.BytesIO(jpeg(board(1600, 1200))))

    small = Image.open(io.BytesIO(thumbnail(photo.content)))

    assert (small.size, corners(small)) == ((THUMBNAIL_SIDE, THUMBNAIL_SIDE * 3 // 4), UPRIGHT)
