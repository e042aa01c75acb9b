"""A page with gaps is one gzip stream, whatever is put into them."""

import gzip

import pytest

from app.web.kept_page import KeptPage

GAPS = {"-ONE-": "first", "-TWO-": "second"}
LONG = "Ein Absatz, der sich wiederholt. " * 3000  # more than a block of gzip


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("ohne Lücke", "ohne Lücke"),
        ("-ONE-", "1ä"),
        ("-TWO--ONE-", "1ä"),
        ("<p>-ONE-</p><p>-TWO-</p>", "<p>1ä</p><p></p>"),
        ("zweimal -ONE- und -ONE-", "zweimal 1ä und 1ä"),
        (f"{LONG}-ONE-{LONG}-TWO-{LONG}", f"{LONG}1ä{LONG}{LONG}"),
    ],
)
def test_packed_or_not_it_says_the_same(html: str, expected: str) -> None:
    page = KeptPage(html, GAPS)
    texts = {"first": "1ä".encode(), "second": b""}

    assert page.filled(texts, is_packed=False).decode() == expected
    assert gzip.decompress(page.filled(texts, is_packed=True)).decode() == expected


def test_it_is_filled_anew_each_time() -> None:
    page = KeptPage("<p>-ONE-</p>", {"-ONE-": "first"})

    filled = [page.filled({"first": text}, is_packed=True) for text in (b"a", b"b", b"x" * 60_000)]

    assert [len(gzip.decompress(each)) for each in filled] == [8, 8, 60_007]
    assert gzip.decompress(filled[1]) == b"<p>b</p>"
