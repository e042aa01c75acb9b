"""Refusals as the sender can read them: a page, a fragment for htmx, or problem+json (RFC 9457)."""

from typing import cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.errors import N_, CannotStore, NotAcceptable, Refusal, TooLarge, Unknown
from app.web.pages import Pages, language, page

BROKEN = N_("Da ist uns etwas kaputtgegangen. Bitte versuchen Sie es noch einmal.")
WRONG_METHOD = N_("So geht das hier nicht.")


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
    if refusal.retry_after_s is not None:
        headers["retry-after"] = str(refusal.retry_after_s)
    if wants_json(request):
        return _problem(request, refusal, status, headers)
    name = "refusal.html"
    if is_htmx(request):
        name = "refusal.html#message"
        headers |= {"hx-retarget": "#message", "hx-reswap": "innerHTML"}
    answer = page(request, name, status=status, refusal=refusal, code=status)
    answer.headers.update(headers)
    return answer


def _problem(
    request: Request, refusal: Refusal, status: int, headers: dict[str, str]
) -> JSONResponse:
    pages: Pages = request.state.pages
    title = pages.catalogue.texts(language(request)).gettext(refusal.message)
    body: dict[str, str | int] = {"type": "about:blank", "status": status, "title": title}
    if refusal.field:
        body["field"] = refusal.field
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def add_refusals(app: FastAPI) -> None:
    """Registers an answer for everything that can go wrong."""

    @app.exception_handler(Refusal)
    async def _refusal(request: Request, refusal: Exception) -> Response:
        return refused(request, cast(Refusal, refusal))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: Exception) -> Response:
        status = cast(HTTPException, error).status_code
        refusal: Refusal = {404: Unknown(), 413: TooLarge(), 503: CannotStore()}.get(
            status, Refusal(WRONG_METHOD)
        )
        answer = refused(request, refusal, status)
        answer.headers.update(cast(HTTPException, error).headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: Exception) -> Response:
        # FastAPI's own answer would echo the input
        places = cast(RequestValidationError, error).errors()
        field = str(places[0]["loc"][-1]) if places else None
        if places and places[0]["loc"][0] == "path":
            return refused(request, Unknown())
        return refused(request, NotAcceptable(field=field))

    @app.exception_handler(Exception)
    async def _broken(request: Request, _error: Exception) -> Response:
        return refused(request, Refusal(BROKEN), 500)
