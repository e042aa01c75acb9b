"""The ways a request can be refused, in the words of the domain; `web.refusals` turns them into answers.

Messages are catalogue entries (German), translated when they are shown. They name the field and the
reason, and never repeat what was sent.
"""

from collections.abc import Callable
from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802  the catalogue's usual name
    """Marks a message for the catalogue without translating it yet."""
    return message


class Failed(Exception):
    """The program can't do what it was started for; one line of cause and cure, for the terminal."""

    def __init__(self, message: str, **parameters: object) -> None:
        super().__init__(message)
        self.message = message
        self.parameters = parameters

    def text(self, translate: Callable[[str], str]) -> str:
        return translate(self.message) % self.parameters


class Refusal(Exception):
    """Base of all refusals. `field` names the offending field, `retry_after_s` says when to try again."""

    status: ClassVar[int] = 400
    default: ClassVar[str] = N_("Das hat nicht geklappt.")

    def __init__(
        self, message: str = "", *, field: str | None = None, retry_after_s: int | None = None
    ) -> None:
        super().__init__(message or self.default)
        self.message = message or self.default
        self.field = field
        self.retry_after_s = retry_after_s


class NotAllowed(Refusal):
    status = 403
    default = N_("Dafür fehlt Ihnen die Berechtigung.")


class Unknown(Refusal):
    status = 404
    default = N_("Diese Seite gibt es nicht.")


class NotOpen(Refusal):
    """The event's phase, or a pause, does not allow this now."""

    status = 409
    default = N_("Das ist gerade nicht geöffnet.")


class Stale(Refusal):
    """Somebody else changed the item since the sender saw it."""

    status = 409
    default = N_("Jemand anderes war schneller. Hier ist der aktuelle Stand.")


class TooSlow(Refusal):
    """The sender did not get to an end."""

    status = 408
    default = N_("Das hat zu lange gedauert. Bitte versuchen Sie es noch einmal.")


class Retired(Refusal):
    status = 410
    default = N_("Das wurde aus dem Programm genommen. Danke, dass Sie hier waren!")


class TooLarge(Refusal):
    status = 413
    default = N_("Das ist zu groß.")


class NotAcceptable(Refusal):
    status = 422
    default = N_("Diese Eingabe passt nicht.")


class TooFast(Refusal):
    status = 429
    default = N_("Das ging sehr schnell. Bitte versuchen Sie es gleich noch einmal.")


class CannotStore(Refusal):
    """Nothing was stored, nothing is half done; the sender may try again."""

    status = 503
    default = N_("Wir können gerade nicht speichern. Bitte versuchen Sie es gleich noch einmal.")
