"""The first page: whoever can't scan types the event's code."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse

from app.errors import N_, Unknown
from app.planning.codes import normal
from app.planning.directory import Directory
from app.web.pages import page
from app.web.refusals import wants_json

router = APIRouter()


@router.get("/")
def welcome(request: Request) -> HTMLResponse:
    return page(request, "feedback/join.html", message=None, typed="")


@router.post("/join")
def join(request: Request, code: Annotated[str, Form(max_length=40)] = "") -> Any:
    directory: Directory = request.state.directory
    try:
        event = directory.event(normal(code))
    except Unknown as refusal:
        if wants_json(request):
            raise Unknown(refusal.message, field="code") from None
        message = N_("Diesen Code kennen wir nicht. Er steht auf dem Plakat und auf der Leinwand.")
        typed = code.upper()[:12]
        return page(request, "feedback/join.html", status=404, message=message, typed=typed)
    return RedirectResponse(f"/e/{event.code}", status_code=303)
