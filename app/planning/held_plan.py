"""A plan between its preview and the decision: signed, in the form itself, so that nothing has to be
stored for somebody who never decides."""

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from app.errors import N_, NotAcceptable
from app.planning.plan import Plan
from app.planning.plan_reading import read_plan
from app.planning.plan_toml import as_toml

PLAN_KEY = "plan preview"  # the name of the server's key
MAX_AGE_S = 24 * 3600


def held(plan: Plan, seen: str, key: bytes) -> str:
    """The plan with what was `seen` of the event, for `released`; compressed."""
    token: str | bytes = _serializer(key).dumps([as_toml(plan), seen])
    return token if isinstance(token, str) else token.decode()


def released(token: str, key: bytes) -> tuple[Plan, str]:
    """Raises NotAcceptable for what we didn't sign, or a day later."""
    try:
        text, seen = _serializer(key).loads(token, max_age=MAX_AGE_S)
    except SignatureExpired as error:
        raise NotAcceptable(
            N_("Diese Vorschau ist abgelaufen. Bitte laden Sie die Datei noch einmal hoch.")
        ) from error
    except BadSignature as error:
        raise NotAcceptable(
            N_("Diese Vorschau gilt nicht. Bitte laden Sie die Datei noch einmal hoch.")
        ) from error
    return read_plan(text.encode()), seen


def _serializer(key: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="plan")
