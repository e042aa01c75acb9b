"""An island's tablet: one browser for many people, one after the other, opened and ended by the host.

All it knows stands in one signed cookie. Each person is a device of their own, made from the person
before by a one-way function: a cookie sent twice can make no second person out of one, and nobody who
gets hold of the tablet can tell who was there before.
"""

import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from itsdangerous import BadSignature, Signer
from starlette.responses import Response

from app.people.devices import MAX_COOKIES

COOKIE = "tablet"
TABLET_KEY = "tablets"
MAX_AGE_S = 16 * 3600  # a long day, as for whoever opens it
LOCK_S = 3  # after each person: a double tap on "done" does nothing for the next one
_NAMED = f"{COOKIE}="


@dataclass(frozen=True, slots=True)
class Tablet:
    """`person` stands for whoever is there now, since `since_ms`; `id` for the tablet as long as it is
    one; `pin` is a digest of what ends it."""

    code: str
    island: int
    id: str
    pin: str
    opened_s: int
    person: str
    since_ms: int = 0  # of the first one 0: there is nobody to keep apart

    @property
    def path(self) -> str:
        return f"/tablet/{self.code}/{self.island}"

    def locked_s(self, now_s: float) -> float:
        """Seconds until this person may begin."""
        return max(0.0, LOCK_S - (now_s - self.since_ms / 1000))


class Tablets:
    """Makes and checks tablets' cookies with the server's key."""

    def __init__(
        self, key: bytes, *, is_https: bool, clock: Callable[[], float] = time.time
    ) -> None:
        self._key = key
        self._signer = Signer(key, salt="tablet", digest_method=sha256)
        self._is_https = is_https
        self._clock = clock
        self._unsigned = lru_cache(maxsize=1_000)(self._unsign)

    def at(self, cookies: str) -> Tablet | None:
        """The tablet that sends this Cookie header; None for every other browser."""
        if _NAMED not in cookies or len(cookies) > MAX_COOKIES:
            return None
        tablet = self._unsigned(cookies)
        is_valid = tablet is not None and self._clock() - tablet.opened_s <= MAX_AGE_S
        return tablet if is_valid else None

    def open(self, code: str, island: int, pin: str) -> Tablet:
        id = secrets.token_urlsafe(9)
        person = secrets.token_urlsafe(16)
        return Tablet(code, island, id, self._digest(id, pin), int(self._clock()), person)

    def following(self, tablet: Tablet) -> Tablet:
        """With the next person, always the same after the same one; with this one still while they are
        locked."""
        if self.locked_s(tablet):
            return tablet
        person = self._digest("after", tablet.person)
        return replace(tablet, person=person, since_ms=int(self._clock() * 1000))

    def locked_s(self, tablet: Tablet) -> float:
        return tablet.locked_s(self._clock())

    def is_ended_by(self, tablet: Tablet, pin: str) -> bool:
        return hmac.compare_digest(tablet.pin, self._digest(tablet.id, pin))

    def remember(self, response: Response, tablet: Tablet) -> None:
        fields = (
            tablet.code,
            str(tablet.island),
            tablet.id,
            tablet.pin,
            str(tablet.opened_s),
            tablet.person,
            str(tablet.since_ms),
        )
        response.set_cookie(
            COOKIE,
            self._signer.sign(".".join(fields)).decode(),
            max_age=MAX_AGE_S,
            httponly=True,
            samesite="lax",
            secure=self._is_https,
        )

    def forget(self, response: Response) -> None:
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self._is_https)

    def _unsign(self, cookies: str) -> Tablet | None:
        cookie = next(
            (each[len(_NAMED) :] for each in cookies.split("; ") if each.startswith(_NAMED)), ""
        )
        try:
            fields = self._signer.unsign(cookie).decode().split(".")
        except BadSignature:
            return None
        code, island, id, pin, opened_s, person, since_ms = fields
        return Tablet(code, int(island), id, pin, int(opened_s), person, int(since_ms))

    def _digest(self, kind: str, text: str) -> str:
        digest = hmac.digest(self._key, f"{kind}:{text}".encode(), "sha256")[:16]
        return urlsafe_b64encode(digest).rstrip(b"=").decode()
