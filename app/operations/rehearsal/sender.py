"""Sends one browser's requests, with cookies of its own, and repeats each until it is answered."""

import ssl
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from time import perf_counter
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from app.operations.rehearsal.operation import Fate, Kind, Operation
from app.operations.rehearsal.timetable import Timetable

PATIENCE_S = 10  # for one answer
LONGEST_WAIT_S = 5  # before trying again, whatever Retry-After says
KEPT_ALIVE_S = 2
"""Shorter than the server keeps an idle connection, so that nobody writes into a closing one."""
NO_USE = frozenset(range(400, 500)) - {429}  # to say it again


class Way(StrEnum):
    """How a browser talks: forms alone, htmx on top of them, or a program of its own."""

    plain = "plain"
    fragment = "fragment"
    json = "json"


HEADERS = {
    Way.plain: {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"},
    Way.fragment: {"Accept": "text/html, */*", "HX-Request": "true"},
    Way.json: {"Accept": "application/json"},
}
ACKNOWLEDGED = {Way.plain: 303, Way.fragment: 200, Way.json: 200}


@dataclass
class Record:
    """Every operation of everybody, and how often each status was answered."""

    operations: list[Operation] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)


class Sender:
    """Posts and gets what it is told, and notes it in `record`."""

    def __init__(
        self,
        address: str,
        way: Way,
        *,
        tls: ssl.SSLContext,
        timetable: Timetable,
        record: Record,
    ) -> None:
        self.way = way
        self._timetable = timetable
        self._record = record
        self._client = httpx.AsyncClient(
            base_url=address,
            verify=tls,
            trust_env=False,
            timeout=PATIENCE_S,
            limits=httpx.Limits(max_connections=2, keepalive_expiry=KEPT_ALIVE_S),
        )
        self._origin = origin_of(address)

    async def close(self) -> None:
        await self._client.aclose()

    async def open(self, device: int, path: str) -> str | None:
        """The page at `path`; None when the evening ended before it came, or it was refused."""
        operation = Operation(device, Kind.page, text=path)
        response = await self._until_answered(
            operation, self._client.build_request("GET", path, headers=HEADERS[Way.plain])
        )
        return response.text if response is not None and response.status_code == 200 else None

    async def send(self, operation: Operation, path: str, fields: dict[str, Any]) -> str | None:
        """Posts `fields` in this browser's way; returns where it is sent to then, if anywhere."""
        is_json = self.way is Way.json
        request = self._client.build_request(
            "POST",
            path,
            headers={**HEADERS[self.way], "Origin": self._origin},
            json=fields if is_json else None,
            data=None if is_json else fields,
        )
        response = await self._until_answered(operation, request)
        if response is None or operation.fate is not Fate.acknowledged:
            return None
        if response.status_code != ACKNOWLEDGED[self.way]:
            operation.contradiction = f"status {response.status_code}"
        elif self.way is Way.json:
            _read_answer(operation, response)
        location = response.headers.get("location")
        return urlsplit(urljoin(path, location)).path if location else None

    async def _until_answered(
        self, operation: Operation, request: httpx.Request
    ) -> httpx.Response | None:
        """Repeats the very same request until it is taken or refused, or the evening ends."""
        self._record.operations.append(operation)
        may_be_stored = False
        while True:
            operation.attempts += 1
            operation.sent_at = perf_counter()
            response, wait_s = None, min(1.0, 0.1 * operation.attempts)
            try:
                response = await self._client.send(request)
            except httpx.TransportError as error:
                may_be_stored |= not isinstance(error, httpx.ConnectError)
                self._record.statuses["no answer"] += 1
            else:
                operation.status = response.status_code
                self._record.statuses[str(response.status_code)] += 1
                if response.status_code < 400:
                    operation.answered_at = perf_counter()
                    operation.fate = Fate.acknowledged
                    return response
                may_be_stored |= response.status_code >= 500 and response.status_code != 503
                wait_s = _retry_after_s(response, wait_s)
            is_final = response is not None and response.status_code in NO_USE
            if is_final or not self._has_time_for(wait_s):
                if response is not None and not may_be_stored:
                    operation.fate = Fate.refused
                return response
            await self._timetable.pause(wait_s)

    def _has_time_for(self, wait_s: float) -> bool:
        return perf_counter() + wait_s < self._timetable.end


def origin_of(address: str) -> str:
    """What a browser names as the origin of the pages at `address`."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _retry_after_s(response: httpx.Response, otherwise: float) -> float:
    said = response.headers.get("retry-after", "")
    return min(LONGEST_WAIT_S, float(said)) if said.isdigit() else otherwise


def _read_answer(operation: Operation, response: httpx.Response) -> None:
    """Takes the version from the answer, and notes where it says something else than was sent."""
    try:
        answer: dict[str, Any] = response.json()
    except ValueError:
        operation.contradiction = "no JSON"
        return
    operation.version = answer.get("version")
    if operation.kind is Kind.dot:
        knows = None if operation.knows == "withdraw" else operation.knows
        expected = {"status": "counted", "offer": operation.offer, "knows": knows}
    else:
        expected = {"status": "received", "submission": operation.submission}
        is_withdrawal = operation.kind in (Kind.card_withdrawal, Kind.word_withdrawal)
        if is_withdrawal != (answer.get("state") == "withdrawn"):
            operation.contradiction = str(answer)
    if any(answer.get(name) != value for name, value in expected.items()):
        operation.contradiction = str(answer)
