"""Whether a card names somebody, or says how to reach them: its writer is asked before everybody reads it."""

import re
from enum import StrEnum

from app.feedback.addresses import has_mail, has_phone

_TITLES = r"(?:(?:Dr|Prof|Dipl)\.?[ -]?\w*\.?\s+){0,3}"
_NAMED = re.compile(rf"\b(?:Herrn?|Frau|Hr\.|Fr\.|Mrs?|Ms|Miss)\.?\s+{_TITLES}[A-ZÄÖÜ][a-zäöüß]")
"""How somebody is spoken of. "Jede Frau", "Herr und Frau" and "Frauen" are nobody."""


class Personal(StrEnum):
    mail = "mail"
    phone = "phone"
    name = "name"


def personal_in(text: str) -> tuple[Personal, ...]:
    """What in a text may be about a person; the filter holds mail and phone for a look, names it does not."""
    found = {
        Personal.mail: has_mail(text),
        Personal.phone: has_phone(text),
        Personal.name: _NAMED.search(text) is not None,
    }
    return tuple(kind for kind, is_there in found.items() if is_there)
