"""The documentation to print and to publish: a tagged PDF (PDF/UA-1) in the language of the event.

It imports no more than it needs: a child process starts with it.
"""

from collections.abc import Mapping
from typing import Any

from app.planning.child import answer
from app.planning.typesetting import typeset
from app.results.printed import printed

TEMPLATE = "results/documentation.typ"


def as_pdf(content: dict[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """`content`: see `documentation`; the same bytes for the same content and pictures. Raises NotSet."""
    return typeset(TEMPLATE, content, printed(content, pictures))


if __name__ == "__main__":
    answer(lambda _argument, content, pictures: as_pdf(content, pictures))
