"""The joint documentation of a series to print and to publish: a tagged PDF (PDF/UA-1).

It imports no more than it needs: a child process starts with it.
"""

from collections.abc import Mapping
from typing import Any

from app.planning.child import answer
from app.planning.typesetting import typeset
from app.results.printed import LONGEST_OF_MANY, printed

TEMPLATE = "results/series.typ"


def as_series_pdf(content: dict[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """`content`: see `series_documentation`; the same bytes for the same content. Raises NotSet."""
    return typeset(TEMPLATE, content, printed(content, pictures, LONGEST_OF_MANY))


if __name__ == "__main__":
    answer(lambda _argument, content, pictures: as_series_pdf(content, pictures))
