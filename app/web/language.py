"""Which language a visitor reads: the switch, else the browser's wish, else the event's own."""

from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse

from app.web.catalogue import SIMPLE, primary

COOKIE = "language"
WISHES_MAX = 500  # characters
YEAR_S = 365 * 24 * 3600

router = APIRouter()


def language_of(cookies: str, wishes: str, languages: tuple[str, ...], event_locale: str) -> str:
    """The best of `languages` for the visitor with these Cookie and Accept-Language headers. Leichte
    Sprache only where it was chosen."""
    chosen = cookie_parser(cookies).get(COOKIE) if COOKIE in cookies else None
    if chosen in languages:
        return chosen
    return _wished(wishes[:WISHES_MAX], languages, event_locale)


@lru_cache(maxsize=1000)
def _wished(wishes: str, languages: tuple[str, ...], event_locale: str) -> str:
    for wish in _by_weight(wishes):
        if wish in languages and wish != SIMPLE:
            return wish
    fallback = primary(event_locale)
    return fallback if fallback in languages else languages[0]


def _by_weight(wishes: str) -> list[str]:
    """Accept-Language as primary language codes, most wanted first (RFC 9110, 12.5.4)."""
    weighted: list[tuple[float, str]] = []
    for part in wishes.split(",")[:20]:
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
