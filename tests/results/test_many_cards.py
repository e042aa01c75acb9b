"""F03: a documentation of 5,000 cards is long, and whole."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from sqlmodel import Session

from app.database import Database
from app.results.documents import documentation_docx, documentation_pdf
from app.results.report import Report
from tests.results.conftest import Evening, imported
from tests.results.papers import pages

CARDS = 5_000


@pytest.fixture
def many(database: Database, read: Callable[[], Report]) -> Report:
    def write(session: Session) -> None:
        evening = Evening(session, imported(session))
        for number in range(CARDS):
            evening.card(
                f"device {number}", number * 12 // CARDS + 1, f"Vorschlag {number:04} hier"
            )

    database.write(write)
    return read()


@pytest.mark.slow
def test_all_cards_are_in_the_pdf(many: Report) -> None:
    said = " ".join(pages(documentation_pdf(many, str, {})))
    printed = re.findall(r"\d+ Vorschlag (\d{4}) hier", said)
    assert printed == [f"{number:04}" for number in range(CARDS)]


@pytest.mark.slow
def test_all_cards_are_in_the_word_file(many: Report) -> None:
    document = Document(BytesIO(documentation_docx(many, str, {})))
    rows = document.tables[-1]._tbl.tr_lst[1:]
    assert ["".join(row.itertext()).split()[1] for row in rows] == [
        f"{number:04}" for number in range(CARDS)
    ]
