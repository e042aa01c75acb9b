"""The way to an island's page: a whole hall opens it at once, so it stands in front of the rest of the
program, whose routing alone costs as much as the page."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.feedback.access import Attendee
from app.feedback.kept_islands import KeptIslands
from app.people.devices import Devices
from app.people.tablets import Tablets
from app.planning.directory import Directory, EventFacts
from app.web.headers import SecurityHeaders
from app.web.pages import Pages
from app.web.refusals import Answers, answer_to

_NUMBER = re.compile(r"[1-9][0-9]{0,3}")  # of an island, as we write it


class IslandPages:
    """Answers `GET /e/{code}/{number}` as `phone.show_island` does, and hands on to it what is rare: other
    spellings of the address, lists of cards, tablets, islands that are not there, events that the directory
    does not know (yet). No middleware stands around it: it gives its answers their headers itself."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        self.app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and not scope["query_string"]:
            match scope["path"].split("/"):
                case ["", "e", code, number] if _NUMBER.fullmatch(number):
                    directory: Directory = scope["state"]["directory"]
                    event = directory.known(code)
                    is_retired = event.islands.get(int(number)) if event else None
                    if event is not None and is_retired is False:
                        await self._answer(event, int(number), scope, receive, send)
                        return
        await self.app(scope, receive, send)

    async def _answer(
        self, event: EventFacts, number: int, scope: Scope, receive: Receive, send: Send
    ) -> None:
        headers: dict[bytes, bytes] = dict(reversed(scope["headers"]))  # the first of two counts
        cookies = headers.get(b"cookie", b"").decode("latin-1")
        tablets: Tablets = scope["state"]["tablets"]
        if tablets.at(cookies) is not None:
            await self.app(scope, receive, send)
            return
        devices: Devices = scope["state"]["devices"]
        token = devices.token(cookies)
        attendee = Attendee(event, event.device(token) if token else None)
        islands: KeptIslands = scope["state"]["kept_islands"]
        pages: Pages = scope["state"]["pages"]
        wishes = headers.get(b"accept-language", b"").decode("latin-1")
        language = pages.language_wished(cookies, wishes, event.locale)
        request = Request(scope)
        island = islands.known(attendee, number, language)
        if island is None:
            scope["path_params"] = {"code": event.code}  # for the page that says why not
            try:
                island = await run_in_threadpool(islands.read, request, attendee, number, language)
            except Exception as error:  # noqa: BLE001  there is an answer to every error
                answer = SecurityHeaders(await answer_to(request, error, self._answers))
                await answer(scope, receive, send)
                return
        is_packed = b"gzip" in headers.get(b"accept-encoding", b"")
        body = island.body(is_packed=is_packed)
        said = [*island.headers(is_packed=is_packed), (b"content-length", b"%d" % len(body))]
        if token is None:
            said += _greeting(devices, request)
        await send({"type": "http.response.start", "status": 200, "headers": said})
        await send({"type": "http.response.body", "body": body})


def _greeting(devices: Devices, request: Request) -> list[tuple[bytes, bytes]]:
    greeted = Response()
    devices.greet(request, greeted)
    return [header for header in greeted.raw_headers if header[0] == b"set-cookie"]
