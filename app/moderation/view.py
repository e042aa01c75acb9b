"""What of the queue a moderator looks at just now: part of every address at the desk, stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from app.feedback.models import State

LONGEST_SEARCH = 100
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class View:
    """Cards whose text contains `search`, of one island or all, of one state or all. `page` of the cards
    and `words`, that of the words, from 1."""

    search: str = ""
    island: int | None = None
    state: State | None = None
    page: int = 1
    words: int = 1

    @property
    def is_everything(self) -> bool:
        return self == View(page=self.page, words=self.words)

    @property
    def query(self) -> str:
        """As the end of an address; empty when there is nothing to say."""
        fields = {
            "search": self.search,
            "island": self.island or "",
            "state": self.state or "",
            "page": self.page if self.page > 1 else "",
            "words": self.words if self.words > 1 else "",
        }
        said = urlencode({name: value for name, value in fields.items() if value != ""})
        return f"?{said}" if said else ""

    def of(self, state: State, page: int = 1) -> "View":
        return replace(self, state=state, page=page)

    def of_words(self, page: int) -> "View":
        return replace(self, words=page)


def view_of(fields: Mapping[str, str]) -> View:
    """What makes no sense is left out: nobody is refused for an old address."""
    state = fields.get("state", "")
    return View(
        search=" ".join(fields.get("search", "").split())[:LONGEST_SEARCH],
        island=_number(fields.get("island", ""), most=2**31 - 1),
        state=State(state) if state in {*State} - {State.withdrawn} else None,
        page=_number(fields.get("page", ""), most=MOST_PAGES) or 1,
        words=_number(fields.get("words", ""), most=MOST_PAGES) or 1,
    )


def _number(text: str, *, most: int) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < 12
    return int(text) if is_number and 1 <= int(text) <= most else None
