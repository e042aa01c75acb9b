"""Our reader of QR codes against zxing, and against codes that are wrong."""

from contextlib import suppress
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from app.checkup.decoding import decoded
from app.planning.qr import as_png, as_svg

TEXTS = [
    "1234567890",
    "HTTP://192.168.1.5:8000/E/K7M4QX/12",
    "https://cafe.example.org/e/K7M4QX",
    "WIFI:T:WPA;S:Rathaus Gäste;P:a\\;b;;",
    *(
        "HTTPS://WORLDCAFE.OBERHAUSEN.DE/E/" + "ACDEF" * n for n in range(20)
    ),  # every version and mask
]


@pytest.mark.parametrize("text", TEXTS, ids=len)
def test_it_reads_what_zxing_reads(text: str) -> None:
    (seen,) = zxingcpp.read_barcodes(Image.open(BytesIO(as_png(text))).convert("L"))
    assert decoded(as_svg(text)) == seen.text == text


def test_a_code_with_something_painted_over_is_not_read_as_if_nothing_were() -> None:
    text = "HTTP://192.168.1.5:8000/E/K7M4QX/12"
    painted = as_svg(text).replace(
        'd="', 'd="' + "".join(f"M20 {y}h12v1h-12z" for y in range(14, 26))
    )
    with suppress(ValueError):
        assert decoded(painted) != text


@pytest.mark.parametrize(
    "svg", ["", "<svg/>", '<svg viewBox="0 0 9 9"/>', '<svg viewBox="0 0 30 30"/>']
)
def test_what_is_no_code_is_refused(svg: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(svg)
