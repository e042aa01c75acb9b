"""Says in which line of a TOML file a value stands, which `tomllib` doesn't tell.

Reads documents that `tomllib` has accepted; what it refuses is not met here.
"""

import re
import tomllib
from bisect import bisect_left

Location = tuple[str | int, ...]

_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'  # up to two more quotation marks belong to the text
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]+")


def lines_of(document: str) -> dict[Location, int]:
    """The line (from 1) of every table, key and list item; items count from 0 as in the data."""
    return _Scanner(document.replace("\r\n", "\n")).lines


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Location, int] = {}
        self._line_ends = [found.start() for found in re.finditer("\n", text)]
        self._items: dict[Location, int] = {}  # how many tables [[…]] has had so far
        table: Location = ()
        while self._peek():
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Location:
        line = self._line()
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        keys = self._keys()
        self._peek()
        self.at += brackets
        table: Location = ()
        for depth, key in enumerate(keys, start=1):
            table += (key,)
            self.lines.setdefault(table, line)
            if brackets == 2 and depth == len(keys):
                self._items[table] = self._items.get(table, 0) + 1
            if table in self._items:
                table += (self._items[table] - 1,)
                self.lines.setdefault(table, line)
        return table

    def _pair(self, table: Location) -> None:
        line = self._line()
        for key in self._keys():
            table += (key,)
            self.lines.setdefault(table, line)
        self.at += 1  # =
        self._value(table)

    def _value(self, location: Location) -> None:
        opening = self._peek()
        if opening == "[":
            self._enclosed("]", location, is_table=False)
        elif opening == "{":
            self._enclosed("}", location, is_table=True)
        else:
            self._match(_STRING if opening in "\"'" else _SCALAR)

    def _enclosed(self, closing: str, location: Location, *, is_table: bool) -> None:
        self.at += 1
        index = 0
        while self._peek() != closing:
            if is_table:
                self._pair(location)
            else:
                self.lines[(*location, index)] = self._line()
                self._value((*location, index))
                index += 1
            if self._peek() == ",":
                self.at += 1
        self.at += 1

    def _keys(self) -> list[str]:
        keys = []
        while True:
            quoted = self._peek() in "\"'"
            key = self._match(_STRING if quoted else _BARE_KEY)
            keys.append(tomllib.loads(f"key = {key}")["key"] if quoted else key)
            if self._peek() != ".":
                return keys
            self.at += 1

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"not TOML at character {self.at}")
        self.at = found.end()
        return found.group()

    def _peek(self) -> str:
        """The next character that means something, "" at the end."""
        if gap := _GAP.match(self.text, self.at):
            self.at = gap.end()
        return self.text[self.at : self.at + 1]

    def _line(self) -> int:
        return bisect_left(self._line_ends, self.at) + 1
