"""Join codes: short enough to type from a poster, and hard to misread.

The alphabet has none of 0 O, 1 I L, 2 Z, 5 S, 6, 8 B. Somebody who types one of them has misread,
and nothing tells what (0 may be a D or a Q), so they are not replaced: such a code is unknown.
"""

import random as randomness
import re
import secrets

from app.errors import N_, NotAcceptable

ALPHABET = "ACDEFGHJKMNPQRTUVWXY3479"
LENGTH = 6

_DIGITS_AS_LETTERS = str.maketrans("3479", "EATG")
_INSULTS = (  # of those that the alphabet can spell
    "AFD CRAP CUNT DEPP DRECK DUMM FAG FART FCK FETT FUCK FUK HURE JUDE KACK KKK KUNT NACKT NEGER"
    " NUTTE RAPE TUNTE TURD TWAT WANK XXX"
).split()


def new_code(random: randomness.Random | None = None) -> str:
    """Six characters of ALPHABET (191 million codes) that spell no obvious insult, 3479 as EATG."""
    source = random or secrets.SystemRandom()
    while True:
        code = "".join(source.choice(ALPHABET) for _ in range(LENGTH))
        if not any(insult in code.translate(_DIGITS_AS_LETTERS) for insult in _INSULTS):
            return code


def normal(code: str) -> str:
    """A code as people type it ("k7m-4qx", "K7M 4QX"), as it is stored. May still be no code."""
    return re.sub(r"[\s\u2010-\u2015_-]", "", code).upper()


def is_code(text: str) -> bool:
    """Whether a normal code can be one at all, so that nothing else ever reaches a query."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)


def refuse_unconfirmed(typed: str, code: str) -> None:
    """What can't be taken back is confirmed by typing the event's code. Raises NotAcceptable."""
    if normal(typed) != code:
        raise NotAcceptable(
            N_("Bitte tippen Sie zur Bestätigung den Code dieser Veranstaltung."), field="confirm"
        )
