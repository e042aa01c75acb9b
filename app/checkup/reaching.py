"""“Can a phone reach me?”: a laptop asks by showing a code, a phone answers by opening what it says."""

import secrets
import time
from dataclasses import dataclass, field

from app.errors import N_, Unknown
from app.planning.codes import ALPHABET

LENGTH = 6
MOST = 200  # questions at a time; the oldest are forgotten
LATE_S = 20.0  # after which something is in the way
KEPT_S = 15 * 60.0
GONE = N_(
    "Diese Frage ist nicht mehr offen. Bitte am Laptop die Seite neu laden und noch einmal scannen."
)


@dataclass(slots=True)
class Question:
    asked_at: float = field(default_factory=time.monotonic)
    answers: int = 0

    @property
    def state(self) -> str:
        """waiting, late or answered."""
        if self.answers:
            return "answered"
        return "waiting" if time.monotonic() - self.asked_at < LATE_S else "late"


class Reaching:
    """Made at start, in `request.state.reaching`; nothing of it is stored, and nobody's address is
    looked at."""

    def __init__(self) -> None:
        self._questions: dict[str, Question] = {}

    def ask(self) -> str:
        """The name of a new question."""
        name = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self._questions[name] = Question()
        while len(self._questions) > MOST:
            del self._questions[next(iter(self._questions))]
        return name

    def question(self, name: str) -> Question:
        """However it is spelt. Raises Unknown for one that is gone."""
        found = self._questions.get(name.upper())
        if found is None or time.monotonic() - found.asked_at > KEPT_S:
            raise Unknown(GONE)
        return found

    def answer(self, name: str) -> None:
        """Raises Unknown."""
        self.question(name).answers += 1
