"""What hosts and moderators do about cards, and what came on paper."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.feedback.models import Card, State
from app.moderation import deciding, paper, paper_cards, several
from app.moderation.hosting import HostDesk, decide_on_card
from tests.exactness.both import (
    HOST,
    ISLANDS,
    MODERATOR,
    Both,
    mostly,
    outcome,
    place,
    rarely,
    sentences,
    submissions,
)


class Hosts(Both):
    @precondition(lambda self: self.evening.cards)
    @rule(
        at=place, act=st.sampled_from(["approval", "approval", "hiding", "restoration"]),
        is_stale=rarely, is_host=st.booleans(),
    )  # fmt: skip
    def decide(self, at: int, act: str, is_stale: bool, is_host: bool) -> None:
        id, card = self.card(at)
        version = card.version - is_stale
        desk = HostDesk(self.event_id, self.code, card.island, HOST)
        self.agree(
            lambda: self.evening.decide(card, act, version),
            lambda: (
                self.write(decide_on_card, desk, id, act, version)
                if is_host
                else self.recorded(act, id, on_card(deciding.decide), id, act, version)
            ),
        )

    @precondition(lambda self: self.evening.cards)
    @rule(state=st.sampled_from([State.approved, State.hidden]), stale=st.sets(place, max_size=2))
    def decide_on_all(self, state: State, stale: set[int]) -> None:
        ids = self.ids()
        pairs = [
            (ids[key], card, card.version - (at in stale))
            for at, (key, card) in enumerate(self.evening.cards.items())
        ]
        seen = [several.Seen(id, version, state) for id, _, version in pairs]
        done = self.write(
            several.decide_on_several, self.event_id, MODERATOR, "approval", seen
        ).done
        assert len(done) == self.evening.decide_on_several(
            [(card, version) for _, card, version in pairs], str(state)
        )

    @precondition(lambda self: self.evening.cards)
    @rule(at=place, text=st.sampled_from(["Mehr Bänke", "Bänke, geprüft"]), is_stale=rarely)
    def correct(self, at: int, text: str, is_stale: bool) -> None:
        id, card = self.card(at)
        version = card.version + is_stale
        self.agree(
            lambda: self.evening.correct(card, text, version),
            lambda: self.recorded("correction", id, deciding.correct, id, text, version),
        )

    @precondition(lambda self: self.evening.cards)
    @rule(at=place, is_highlighted=mostly)
    def highlight(self, at: int, is_highlighted: bool) -> None:
        id, card = self.card(at)
        version = card.version
        self.agree(
            lambda: self.evening.highlight(card, version, is_highlighted=is_highlighted),
            lambda: self.recorded(
                "highlighting", id, deciding.highlight, id, is_highlighted, version
            ),
        )

    @rule(at=place, island=st.sampled_from(ISLANDS), yes=st.integers(0, 9), no=st.integers(0, 9),
          is_stale=rarely, is_own=mostly)  # fmt: skip
    def enter_paper(
        self, at: int, island: int, yes: int, no: int, is_stale: bool, is_own: bool
    ) -> None:
        offer = self.offers[at % len(self.offers)]
        island = self.evening.homes[offer] if is_own else island
        stored = self.evening.paper.get(offer)
        version = (stored.version if stored else 0) + is_stale
        desk = HostDesk(self.event_id, self.code, island, HOST)
        counted = [paper.Counted(offer, yes, no)]
        self.agree(
            lambda: self.evening.enter_paper(island, offer, yes, no, version),
            lambda: self.write(paper.enter_paper, desk, counted, version, is_confirmed=True),
        )

    @rule(at=place, island=st.sampled_from(ISLANDS), is_on_offer=st.booleans(), text=sentences,
          submission=submissions)  # fmt: skip
    def type_in_card(
        self, at: int, island: int, is_on_offer: bool, text: str, submission: str
    ) -> None:
        offer = self.offers[at % len(self.offers)] if is_on_offer else None
        desk = HostDesk(self.event_id, self.code, island, HOST)
        text = " ".join(text.split())
        known = set(self.evening.cards)
        real = outcome(lambda: self.write(paper_cards.type_in_card, desk, text, offer, submission))
        expected = outcome(lambda: self.evening.type_in_card(island, offer, text, submission))
        if expected is not None:
            assert real == expected
            return
        for key in self.evening.cards.keys() - known:
            self.paper_ids[key] = real
        assert real in self.paper_ids.values()


def on_card(act: Any) -> Any:
    return lambda session, event_id, *values: act(session, Card, event_id, *values)
