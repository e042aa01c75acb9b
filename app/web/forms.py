"""Fields of a request, from a form or from JSON, in one shape and within bounds."""

import json
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from app.errors import N_, NotAcceptable

MAX_FIELDS = 20
Fields = dict[str, Any]


def fields_in(body: bytes, content_type: bytes) -> Fields:
    """The fields of a small form or JSON object, last value wins. Values of a form are str.

    Raises NotAcceptable for anything that is neither; sizes are bounded by `web.bodies`.
    """
    if content_type.startswith(b"application/json"):
        return _json(body)
    try:
        text = body.decode("ascii")
        if "%" not in text and "+" not in text and text.count("&") < MAX_FIELDS:
            fields = (field.partition("=") for field in text.split("&"))  # a tap: nothing to decode
            return {name: value for name, _, value in fields}
        return dict(
            parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
        )
    except ValueError as error:  # UnicodeDecodeError is one
        raise NotAcceptable(N_("Das Formular ist nicht lesbar.")) from error


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
