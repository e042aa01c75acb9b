"""What an event takes, and when: decided on the event's row within the transaction that stores."""

from dataclasses import dataclass, field

from app.errors import N_, CannotStore, NotOpen
from app.feedback.commands import Command, DotMoved
from app.feedback.models import State
from app.planning.models import Approval, Phase

DOTS_AND_CARDS = (Phase.cafe, Phase.cloud)  # in the cloud phase for those who were late or offline
WORDS = (Phase.cloud,)
WORDS_A_DEVICE = 2
LATER_S = 15  # what was kept on a phone asks again

DotKey = tuple[int, str, str]
"""(event id, device, offer key)"""


@dataclass(slots=True)
class OpenEvent:
    """An event as it is within this transaction, and what the batch changes about it."""

    id: int
    version: int
    epoch: int
    phase: str
    is_paused: bool
    card_approval: str
    word_approval: str
    moved: dict[DotKey, DotMoved] = field(default_factory=dict)
    has_texts: bool = False

    @property
    def next_version(self) -> int:
        return self.version + 1

    def recognise(self, command: Command) -> None:
        """CannotStore for a device of an older epoch: sent again, it comes as who it is now."""
        if command.epoch != self.epoch:
            raise CannotStore(retry_after_s=1)

    def admit(self, phases: tuple[Phase, ...]) -> None:
        """NotOpen outside of these phases and during a pause."""
        if self.phase not in phases:
            is_over = self.phase == Phase.closed
            raise NotOpen(
                N_("Die Veranstaltung ist noch nicht geöffnet.")
                if self.phase == Phase.setup
                else N_("Die Veranstaltung ist beendet. Vielen Dank!")
                if is_over
                else N_("Die Wortwolke beginnt erst nach dem World Café."),
                retry_after_s=None if is_over else LATER_S,
            )
        if self.is_paused:
            raise NotOpen(N_("Gerade ist Pause. Gleich geht es weiter."), retry_after_s=LATER_S)

    def state_of_card(self, *, is_held: bool) -> State:
        return _state(self.card_approval, is_held=is_held)

    def state_of_word(self, *, is_held: bool) -> State:
        return _state(self.word_approval, is_held=is_held)


def _state(approval: str, *, is_held: bool) -> State:
    return State.approved if approval == Approval.at_once and not is_held else State.waiting
