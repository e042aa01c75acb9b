"""What stands in the fields of a post; all raise NotAcceptable with the field's name."""

import secrets
from collections.abc import Mapping

from app.errors import NotAcceptable
from app.web.forms import Fields

KNOWS: Mapping[object, bool | None] = {"yes": True, "no": False, "withdraw": None}
MAX_SEQUENCE = 2**53 - 1  # the largest integer a browser can count to


def knows(fields: Fields) -> bool | None:
    """None takes the dot back."""
    given = fields.get("knows")
    if not isinstance(given, str) or given not in KNOWS:
        raise NotAcceptable(field="knows")
    return KNOWS[given]


def sequence(fields: Fields) -> int | None:
    """The phone's own number of this dot; None from a form, where the store counts."""
    given = fields.get("sequence")
    if given is None or given == "":
        return None
    found = _integer(given)
    if found is None or not 0 <= found <= MAX_SEQUENCE:
        raise NotAcceptable(field="sequence")
    return found


def island(given: object) -> int:
    """An island's number; whether there is one is not asked here."""
    found = _integer(given)
    if found is None:
        raise NotAcceptable(field="island")
    return found


def submission(given: object) -> str:
    """The client's own id of a card or word; made up here for the plainest of clients."""
    if given is None:
        return secrets.token_hex(16)
    if isinstance(given, str) and 1 <= len(given) <= 64 and given.isascii() and given.isprintable():
        return given
    raise NotAcceptable(field="submission")


def _integer(given: object) -> int | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, int):
        return given
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 20:
        return int(given)
    return None
