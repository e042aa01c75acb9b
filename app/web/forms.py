"""Fields of a request, from a form or from JSON, in one shape and within bounds."""

import json
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from starlette.requests import Request

from app.errors import N_, NotAcceptable

MAX_FIELDS = 20
Fields = dict[str, Any]


async def fields_of(request: Request) -> Fields:
    """The fields of a small form or JSON object, last value wins. Values of a form are str.

    Raises NotAcceptable for anything that is neither; sizes are bounded by `web.bodies`.
    """
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        return _json(body)
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict"
        )
    except ValueError as error:  # UnicodeDecodeError is one
        raise NotAcceptable(N_("Das Formular ist nicht lesbar.")) from error
    return dict(pairs)


def _json(body: bytes) -> Fields:
    try:
        fields = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotAcceptable(N_("Das ist kein lesbares JSON.")) from error
    if not isinstance(fields, dict) or len(fields) > MAX_FIELDS:
        raise NotAcceptable(N_("Das ist kein lesbares JSON."))
    return fields


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are no JSON
