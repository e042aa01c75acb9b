"""A device: an anonymous browser, known by a random token in a signed cookie that we set ourselves.

The database only ever sees a hash of the token, keyed with a secret of the event: the same phone is
somebody else at the next event, and nobody at all once that secret is destroyed.
"""

import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import HTTPConnection
from starlette.responses import Response

COOKIE = "device"
DEVICE_KEY = "devices"
MAX_AGE_S = 12 * 3600
MAX_COOKIES = 4096  # characters; what a browser sends for one site, at most
_NAMED = f"{COOKIE}="
_AT = len(_NAMED)


class Devices:
    """Makes and checks device cookies with the server's key."""

    def __init__(self, key: bytes, *, is_https: bool) -> None:
        self._signer = TimestampSigner(key, salt="device", digest_method=sha256)
        self._is_https = is_https
        self._unsigned = lru_cache(maxsize=20_000)(self._unsign)

    def token(self, cookies: str) -> str | None:
        """The device's token in a Cookie header; None if there is none, or one that is old or not ours."""
        if len(cookies) > MAX_COOKIES:
            return None
        token, signed_at_s = self._unsigned(cookies)
        return token if time.time() - signed_at_s <= MAX_AGE_S else None

    def _unsign(self, cookies: str) -> tuple[str | None, float]:
        cookie = next((each[_AT:] for each in cookies.split("; ") if each.startswith(_NAMED)), "")
        try:
            token, signed_at = self._signer.unsign(cookie, return_timestamp=True)
        except BadSignature:
            return None, 0.0
        return token.decode(), signed_at.timestamp()

    def greet(self, connection: HTTPConnection, response: Response) -> None:
        """Gives a newcomer a cookie, together with the page: a double tap can't make two devices."""
        if self.token(connection.headers.get("cookie", "")) is None:
            response.set_cookie(
                COOKIE,
                self._signer.sign(secrets.token_urlsafe(16)).decode(),
                max_age=MAX_AGE_S,
                httponly=True,
                samesite="lax",
                secure=self._is_https,
            )


def hash_of(token: str, event_secret: bytes) -> str:
    """What stands for the device at this one event: 128 bits, base64 without padding."""
    digest = hmac.digest(event_secret, token.encode(), "sha256")[:16]
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
