"""Guessing passwords is slow, and nobody is locked out by somebody else's guesses.

After OWASP's "device cookies": a browser in which somebody has signed in before has a bucket of its own
for that name; all others share one a name, whether there is such a planner or not. Never per address:
a city hall is one address. In memory: after a restart everybody may try again.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from anyio import CapacityLimiter
from itsdangerous import BadSignature, Signer

from app.errors import CannotStore, TooFast

GUESSING_KEY = "sign-ins"
FREE = 10  # mistakes that cost nothing
MAX_DELAY_S = 16
FORGIVEN_AFTER_S = 15 * 60
REMEMBERED = 10_000  # names and browsers
AT_ONCE = 2  # argon2 takes 64 MiB each; guessing must not take the hall's memory and processor
MAX_WAITING = 40  # past that nobody's guess is even looked at


@dataclass(slots=True)
class _Mistakes:
    count: int
    last_at: float
    next_at: float  # nothing is verified before


class Guessing:
    """Made on the event loop; `known` is the cookie of `known_browser`."""

    def __init__(self, key: bytes, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._signer = Signer(key, salt="known-browser", digest_method=sha256)
        self._clock = clock
        self._mistakes: OrderedDict[tuple[str, str], _Mistakes] = OrderedDict()
        self.limiter = CapacityLimiter(AT_ONCE)

    def begin(self, name: str, known: str) -> None:
        """To be called before a password is verified. Takes the next turn at once, so that a thousand
        guesses that come together are no more than one. Raises TooFast, CannotStore."""
        now = self._clock()
        mistakes = self._mistakes.get(self._bucket(name, known))
        if mistakes is not None and now < mistakes.next_at:
            raise TooFast(retry_after_s=int(mistakes.next_at - now) + 1)
        if self.limiter.statistics().tasks_waiting >= MAX_WAITING:
            raise CannotStore(retry_after_s=2)
        self._note(name, known, now)

    def was_right(self, name: str, known: str) -> None:
        self._mistakes.pop(self._bucket(name, known), None)

    def known_browser(self, name: str) -> str:
        """The value of a cookie for a browser in which this planner has just signed in."""
        return self._signer.sign(f"{_digest(name)}-{secrets.token_hex(8)}").decode()

    def _note(self, name: str, known: str, now: float) -> None:
        bucket = self._bucket(name, known)
        before = self._mistakes.pop(bucket, None)
        is_new = before is None or now - before.last_at >= FORGIVEN_AFTER_S
        count = 1 if before is None or is_new else before.count + 1
        delay_s = min(MAX_DELAY_S, 2 ** (count - FREE)) if count >= FREE else 0
        self._mistakes[bucket] = _Mistakes(count, now, now + delay_s)
        if len(self._mistakes) > REMEMBERED:
            self._mistakes.popitem(last=False)

    def _bucket(self, name: str, known: str) -> tuple[str, str]:
        try:
            browser = self._signer.unsign(known).decode() if known else ""
        except BadSignature:
            browser = ""
        digest = _digest(name)
        return digest, browser if browser.startswith(f"{digest}-") else ""


def _digest(name: str) -> str:
    """A name as the bucket knows it: no name that somebody typed is kept."""
    return sha256(name.strip().casefold().encode("utf-8", "replace")).hexdigest()[:16]
