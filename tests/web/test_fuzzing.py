"""I15: whatever is sent to any address, by whomever, is never our fault."""

from typing import Any

import hypothesis
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from schemathesis.schemas import BaseSchema

from app.feedback.posts import slots
from app.main import _pages
from tests.running import Server

EXAMPLES = 6  # an operation and role
STRINGS = {
    "dots": ("offer", "knows", "sequence"),
    "cards": ("island", "offer", "text", "submission", "support"),
    "words": ("text", "submission"),
}
ENDING_THE_SESSION = ("/sign-out",)


def described(pages: FastAPI) -> dict[str, Any]:
    """What no user ever sees: an OpenAPI description, the attendees' posts included."""
    description = get_openapi(title="World Café", version="test", routes=pages.routes)
    for noun, verb in slots:
        path = f"/e/{{code}}/{noun}" + (f"/{{key}}/{verb}" if verb else "")
        names = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
        fields = {name: {"type": "string"} for name in STRINGS[noun]}
        body = {"schema": {"type": "object", "properties": fields}}
        content = {"application/x-www-form-urlencoded": body, "application/json": body}
        description["paths"][path] = {
            "post": {
                "parameters": [
                    {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                    for name in names
                ],
                "requestBody": {"content": content},
                "responses": {"200": {"description": ""}},
            }
        }
    return description


@pytest.mark.parametrize("role", ["attendee", "moderator", "planner"])
def test_no_request_of_any_shape_is_our_fault(hall: Server, role: str) -> None:
    """I15: with addresses that exist in half of all cases, so that it goes further than the lookup."""
    who = {"attendee": hall.phone, "moderator": hall.desk, "planner": hall.planner}[role]()
    cookie = "; ".join(f"{each.name}={each.value}" for each in who.cookies.jar)
    schema: BaseSchema = schemathesis.openapi.from_dict(described(_pages()))
    real = {"code": hall.code, "key": hall.event, "number": "1", "name": "dots.csv"}
    faults: list[str] = []
    sent = 0

    for operation in (found.ok() for found in schema.get_all_operations()):
        if operation.path in ENDING_THE_SESSION:
            continue

        @hypothesis.given(case=operation.as_strategy(), is_real=hypothesis.strategies.booleans())
        @hypothesis.settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        def send(case: schemathesis.Case, is_real: bool) -> None:
            nonlocal sent
            if is_real:
                case.path_parameters = dict(case.path_parameters or {}) | {
                    name: real[name] for name in (case.path_parameters or {}) if name in real
                }
            answer = case.call(
                base_url=hall.address, headers={"cookie": cookie}, allow_redirects=False, timeout=20
            )
            sent += 1
            if answer.status_code >= 500:
                faults.append(f"{answer.status_code}: {case.as_curl_command()}")

        send()

    assert faults == []
    assert sent > 100
    assert hall.live()["phase"] in ("setup", "cafe", "cloud", "closed")
