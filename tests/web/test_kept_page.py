"""A page with gaps is one gzip stream, whatever is put into them."""

import gzip

import pytest

from app.web.kept_page import KeptPage

GAPS = {"-ONE-": ("first", 3), "-TWO-": ("second", 0)}
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
        ("a\0\0\0b-ONE-\0\0\0\0", "ab1ä"),
        ("1ä1ä-ONE-1ä1ä", "1ä1ä1ä1ä1ä"),
        (f"{LONG}-ONE-{LONG}-TWO-{LONG}", f"{LONG}1ä{LONG}{LONG}"),
    ],
)
def test_packed_or_not_it_says_the_same(html: str, expected: str) -> None:
    page = KeptPage(html, GAPS)
    texts = {"first": "1ä".encode(), "second": b""}

    assert page.filled(texts, is_packed=False).decode() == expected
    assert gzip.decompress(page.filled(texts, is_packed=True)).decode() == expected


def test_it_is_filled_anew_each_time() -> None:
    page = KeptPage(f"{LONG}-ONE-{LONG}", GAPS)

    for text in (b"one", b"two", b"Ein"):
        filled = gzip.decompress(page.filled({"first": text}, is_packed=True))
        assert filled == LONG.encode() + text + LONG.encode()


def test_a_text_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        KeptPage("-ONE-", GAPS).filled({"first": b"long"}, is_packed=True)


def test_gaps_cost_a_few_bytes() -> None:
    whole = KeptPage(LONG, {"-ONE-": ("first", 3)}).filled({}, is_packed=True)
    parted = KeptPage(f"{LONG}-ONE-{LONG}", GAPS).filled({"first": b"one"}, is_packed=True)

    assert len(parted) < len(whole) + 600
