"""Lines are compared with a reading of the same file by eye (small) and by tomllib (everything)."""

import tomllib
from typing import Any

import pytest

from app.planning.lines import Location, lines_of

HARD = '''# a comment with [brackets] = and "quotes"
top = 1
"quoted key".'second part' = """
several = lines
[[not.a.header]] \\""" ""\"""
dotted.a = 1
dotted.b = '\\'  # a literal backslash
when = 1979-05-27 07:32:00  # a date with a space in it

[[islands]]  # header
number = 1
offers = [
  { key = "a, }]", title = 'x' }, # "

  { key = "b", nested = { deep = [ [1, 2], [] ] } },
]

  [[islands.offers-more]]
  x = \'\'\'
[[islands]]
\'\'\'
  y = 1

[[islands]]
[islands.table]
z = [
  1,
  2,
]
'''


def locations(data: Any, at: Location = ()) -> set[Location]:
    if isinstance(data, dict):
        steps: list[tuple[str | int, Any]] = list(data.items())
    elif isinstance(data, list):
        steps = list(enumerate(data))
    else:
        steps = []
    found = {at} if at else set()
    return found.union(*(locations(value, (*at, step)) for step, value in steps))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_place_of_a_hard_document_has_the_line_it_stands_in(line_end: str) -> None:
    lines = lines_of(HARD.replace("\n", line_end))

    assert set(lines) == locations(tomllib.loads(HARD))
    assert {
        location: lines[location]
        for location in [
            ("top",),
            ("quoted key", "second part"),
            ("dotted", "b"),
            ("when",),
            ("islands", 0),
            ("islands", 0, "offers", 0, "title"),
            ("islands", 0, "offers", 1),
            ("islands", 0, "offers", 1, "nested", "deep", 0, 1),
            ("islands", 0, "offers-more", 0, "y"),
            ("islands", 1),
            ("islands", 1, "table", "z", 1),
        ]
    } == {
        ("top",): 2,
        ("quoted key", "second part"): 3,
        ("dotted", "b"): 7,
        ("when",): 8,
        ("islands", 0): 10,
        ("islands", 0, "offers", 0, "title"): 13,
        ("islands", 0, "offers", 1): 15,
        ("islands", 0, "offers", 1, "nested", "deep", 0, 1): 15,
        ("islands", 0, "offers-more", 0, "y"): 22,
        ("islands", 1): 24,
        ("islands", 1, "table", "z", 1): 28,
    }


def test_every_place_of_the_example_plan_is_found_in_its_line(example: str) -> None:
    lines = lines_of(example)

    assert set(lines) == locations(tomllib.loads(example))
    rows = example.splitlines()
    named = {at: line for at, line in lines.items() if isinstance(at[-1], str)}
    assert [at for at, line in named.items() if str(at[-1]) not in rows[line - 1]] == []
