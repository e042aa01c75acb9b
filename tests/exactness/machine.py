"""A hypothesis state machine that spends evenings: everybody does anything in any order, to the program and
to the model, and both answer and show the same."""

import itertools

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from app.moderation import steering, wiping
from app.moderation.settings import set_approval
from app.planning.changing import change_to
from app.planning.importing import import_plan
from app.planning.models import Approval, Phase
from app.planning.plan import checked
from app.planning.plan_data import data_of
from tests.exactness.attendees import Attendees
from tests.exactness.both import ISLANDS, PLANNER, mostly, place, rarely
from tests.exactness.curators import Curators
from tests.exactness.hosts import Hosts
from tests.exactness.looking import Looking
from tests.exactness.model import Evening

_numbers = itertools.count(1)


class Evenings(Attendees, Hosts, Curators, Looking):
    @initialize(
        is_rehearsal=rarely, phase=st.sampled_from([Phase.cafe, Phase.cloud]), at_once=mostly
    )
    def begin(self, is_rehearsal: bool, phase: Phase, at_once: bool) -> None:
        self.data = data_of(self.plan)
        self.data["event"]["key"] = f"evening-{next(_numbers)}"
        self.data["islands"] = [one for one in self.data["islands"] if one["number"] in ISLANDS]
        offers = [offer for island in self.data["islands"] for offer in island["offers"]]
        self.offers = [offer["key"] for offer in offers][:4]
        self.whole = {
            island["number"]: island | {"offers": list(island["offers"])}
            for island in self.data["islands"]
        }
        event = self.database.write(import_plan, checked(self.data), rehearsal=is_rehearsal)
        assert event.id is not None
        self.event_id, self.code = event.id, event.code
        self.evening = Evening(is_rehearsal=is_rehearsal)
        self.evening.plan(self.data["islands"])
        self.enter_phase(phase)
        if at_once:
            self.set_approval("at_once", "at_once")

    # --- moderators: the evening --------------------------------------------------------------------

    @rule(phase=st.sampled_from([Phase.cafe, *[Phase.cloud] * 3, Phase.closed, Phase.setup]))
    def enter_phase(self, phase: Phase) -> None:
        self.recorded("phase", "", steering.enter_phase, phase)
        self.evening.phase = str(phase)

    @rule(
        cards=st.sampled_from(["at_once", "at_once", "first"]),
        words=st.sampled_from(["at_once", "at_once", "first"]),
    )
    def set_approval(self, cards: str, words: str) -> None:
        self.recorded("settings", "", set_approval, Approval(cards), Approval(words))
        self.evening.card_approval, self.evening.words.approval = cards, words

    @rule(is_paused=rarely, has_curtain=rarely, is_revealed=mostly, is_frozen=rarely)
    def steer(self, is_paused: bool, has_curtain: bool, is_revealed: bool, is_frozen: bool) -> None:
        self.recorded("pause", "", steering.pause, is_paused)
        self.recorded("curtain", "", steering.draw_curtain, has_curtain)
        self.recorded("reveal", "", steering.reveal, is_revealed)
        self.recorded("freezing", "", steering.freeze, is_frozen)
        self.evening.is_paused, self.evening.has_curtain = is_paused, has_curtain
        self.evening.is_revealed = is_revealed
        self.evening.words.freeze(is_frozen=is_frozen)

    @rule(is_begun=st.booleans(), keep=mostly)
    def rehearse(self, is_begun: bool, keep: bool) -> None:
        if is_begun:
            self.agree(
                self.evening.begin_rehearsal,
                lambda: self.recorded("rehearsal", "", wiping.begin_rehearsal),
            )
            return
        self.recorded("rehearsal", "", wiping.end_rehearsal, keep=keep)
        self.evening.end_rehearsal(keep=keep)

    @rule(is_meant=rarely)
    def reset(self, is_meant: bool) -> None:
        if is_meant:
            self.recorded("reset", "", wiping.reset, "Bitte noch einmal", self.code)
            self.evening.reset()

    # --- planners -----------------------------------------------------------------------------------

    @rule(offer=place, act=st.sampled_from(["offer", "island", "title", "move", "all"]))
    def change_plan(self, offer: int, act: str) -> None:
        """An offer or island is taken out, renamed, moved, or all is as it was planned at first."""
        key = self.offers[offer % len(self.offers)]
        number = ISLANDS[offer % len(ISLANDS)]
        islands = self.data["islands"]
        with_it = [one for one in islands if any(each["key"] == key for each in one["offers"])]
        match act:
            case "offer":
                for island in with_it:
                    island["offers"] = [one for one in island["offers"] if one["key"] != key]
            case "island" if len(islands) > 1:
                islands[:] = [one for one in islands if one["number"] != number]
            case "title":
                for island in islands:
                    island["title"] = f"{island['title'][:20]} {self.steps}"
            case "move" if with_it and len(islands) > 1:
                (source,) = with_it
                (target,) = [one for one in islands if one is not source]
                (moved,) = [one for one in source["offers"] if one["key"] == key]
                source["offers"] = [one for one in source["offers"] if one is not moved]
                target["offers"] = [*target["offers"], moved]
            case "all":
                self.data["islands"] = [dict(one) for one in self.whole.values()]
        self.write(change_to, checked(self.data), PLANNER)
        self.evening.plan(self.data["islands"])
