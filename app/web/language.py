"""Which language a visitor reads: the switch, else the browser's wish, else the event's own."""

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse

from app.web.catalogue import SIMPLE, primary

COOKIE = "language"
YEAR_S = 365 * 24 * 3600

router = APIRouter()


def language_of(connection: HTTPConnection, languages: Iterable[str], event_locale: str) -> str:
    """The best of `languages` for this visitor. Leichte Sprache only where it was chosen."""
    offered = list(languages)
    chosen = connection.cookies.get(COOKIE)
    if chosen in offered:
        return chosen
    for wish in _wishes(connection.headers):
        if wish in offered and wish != SIMPLE:
            return wish
    fallback = primary(event_locale)
    return fallback if fallback in offered else offered[0]


def _wishes(headers: Headers) -> list[str]:
    """Accept-Language as primary language codes, most wanted first (RFC 9110, 12.5.4)."""
    weighted: list[tuple[float, str]] = []
    for part in headers.get("accept-language", "").split(",")[:20]:
        tag, _, weight = part.partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        if quality > 0:
            weighted.append((quality, primary(tag.strip())))
    return [tag for _, tag in sorted(weighted, key=lambda wish: -wish[0])]


@router.post("/language")
async def switch_language(
    language: Annotated[str, Form(pattern="^[a-z]{2,10}$")],
    back: Annotated[str, Form(max_length=500)] = "/",
) -> RedirectResponse:
    """Remembers the language and goes back to the page it was chosen on."""
    answer = RedirectResponse(_own_path(back), status_code=303)
    answer.set_cookie(COOKIE, language, max_age=YEAR_S, httponly=True, samesite="lax")
    return answer


def _own_path(back: str) -> str:
    """Only the path of `back`, so that the switch can't send anybody to another host."""
    try:
        path = "/" + urlsplit(back).path.replace("\\", "/").lstrip("/")
    except ValueError:  # "//[": no address at all
        return "/"
    return path if path.isprintable() else "/"
