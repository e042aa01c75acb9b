"""The documentation to print and to publish: a tagged PDF (PDF/UA-1) in the language of the event.

It imports no more than it needs: a child process starts with it.
"""

from collections.abc import Mapping
from typing import Any

from app.planning.child import answer
from app.planning.typesetting import typeset
from app.results.printed import LONGEST_SIDES, printed

TEMPLATES = {"event": "results/documentation.typ", "series": "results/series.typ"}


def as_pdf(of: str, content: dict[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """`of` an "event" (`content`: see `documentation`) or of a "series" (see `series_documentation`); the
    same bytes for the same content and pictures. Raises NotSet."""
    return typeset(TEMPLATES[of], content, printed(content, pictures, LONGEST_SIDES[of]))


if __name__ == "__main__":
    answer(as_pdf)
