"""Refusals as the sender can read them: a page, a fragment for htmx, or problem+json (RFC 9457)."""

import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, cast

from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.errors import N_, CannotStore, NotAcceptable, Refusal, TooLarge, TooSlow, Unknown
from app.web.pages import Pages, attendees_language, page

BROKEN = N_("Da ist uns etwas kaputtgegangen. Bitte versuchen Sie es noch einmal.")
WRONG_METHOD = N_("Das geht an dieser Adresse nicht.")


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "") or request.headers.get(
        "content-type", ""
    ).startswith("application/json")


def is_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def refused(request: Request, refusal: Refusal, status: int | None = None) -> Response:
    """The answer to a refused request: says why, names the field, never repeats what was sent."""
    status = status or refusal.status
    headers = {"cache-control": "no-store"}
    if isinstance(refusal, TooLarge | TooSlow):
        headers["connection"] = "close"  # else whoever sends without end goes on sending
    if refusal.retry_after_s is not None:
        headers["retry-after"] = str(refusal.retry_after_s)
    if wants_json(request):
        return problem(request, refusal, status, headers)
    name = "refusal.html"
    if is_htmx(request):
        name = "refusal.html#message"
        headers |= {"hx-retarget": "#message", "hx-reswap": "innerHTML"}
    answer = page(request, name, status=status, refusal=refusal, code=status)
    answer.headers.update(headers)
    return answer


def problem(
    request: Request,
    refusal: Refusal,
    status: int,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    pages: Pages = request.state.pages
    chosen = attendees_language(request)
    title = pages.catalogue.texts(chosen).gettext(refusal.message)
    body = {"type": "about:blank", "status": status, "title": title} | more
    if refusal.field:
        body["field"] = refusal.field
    return JSONResponse(body, status, headers, media_type="application/problem+json")


async def _refusal(request: Request, refusal: Exception) -> Response:
    return refused(request, cast(Refusal, refusal))


async def _http(request: Request, error: Exception) -> Response:
    if isinstance(error.__cause__, Refusal):  # of a body, which FastAPI calls an error of the form
        return refused(request, error.__cause__)
    status = cast(HTTPException, error).status_code
    by_status: dict[int, Refusal] = {404: Unknown(), 413: TooLarge(), 503: CannotStore()}
    answer = refused(request, by_status.get(status, Refusal(WRONG_METHOD)), status)
    answer.headers.update(cast(HTTPException, error).headers or {})
    return answer


async def _invalid(request: Request, error: Exception) -> Response:
    """In place of FastAPI's own answer, which would echo the input."""
    place = cast(RequestValidationError, error).errors()[0]["loc"]
    return refused(
        request, Unknown() if place[0] == "path" else NotAcceptable(field=str(place[-1]))
    )


async def _unavailable(request: Request, error: Exception) -> Response:
    """The database is locked, full, restarting, or all its connections are taken: it passes."""
    logging.getLogger(__name__).error("the database does not answer", exc_info=error)
    return refused(request, CannotStore(retry_after_s=2))


async def _broken(request: Request, _error: Exception) -> Response:
    return refused(request, Refusal(BROKEN), 500)


Answers = Mapping[Any, Callable[[Request, Any], Coroutine[Any, Any, Response]]]
"""Exception class → what answers it."""

HANDLERS: Answers = {
    Refusal: _refusal,
    HTTPException: _http,
    RequestValidationError: _invalid,
    OperationalError: _unavailable,
    PoolTimeout: _unavailable,
    Exception: _broken,
}


async def answer_to(request: Request, error: Exception, answers: Answers) -> Response:
    """The answer to an error of this class, or of the nearest one above it."""
    kind = next(kind for kind in type(error).__mro__ if kind in answers)
    if kind is Exception:
        logging.getLogger(__name__).error("a request failed", exc_info=error)
    return await answers[kind](request, error)
