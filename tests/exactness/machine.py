"""A hypothesis state machine that spends evenings: everybody does anything in any order, to the program and
to the model, and both answer and show the same."""

import asyncio
import itertools
import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import select

from app.cloud.normalise import key_of, word_id
from app.database import Database
from app.errors import Refusal, Unknown
from app.feedback import commands
from app.feedback.ledger import Ledger
from app.feedback.models import Card, Dot, Entry, Source, State, Word
from app.feedback.stores import store_of
from app.live.hub import Hub
from app.live.reading import read_tally
from app.live.state import wall_state
from app.moderation import curating, deciding, paper, paper_cards, sealing, several, steering
from app.moderation import wiping
from app.moderation.hosting import HostDesk, decide_on_card
from app.moderation.settings import set_approval
from app.planning.changing import change_to
from app.planning.importing import import_plan
from app.planning.journal import act_and_record
from app.planning.models import Approval, Event, Phase
from app.planning.plan import Plan, checked
from app.planning.plan_data import data_of
from app.results.report import read_report
from tests.exactness.model import PAPER, Evening
from tests.exactness.model import Card as ModelCard
from tests.exactness.shown import in_files, in_the_model_s_results, on_a_wall, on_the_model_s_wall
from tests.exactness.words import KEYS
from tests.exactness.words import Word as ModelWord

SOURCES = {
    "ada": Source.phone,
    "bob": Source.phone,
    "cem": Source.phone,
    "who stood at the tablet": Source.tablet,
    "and who came next": Source.tablet,
}
ISLANDS = [1, 2]
MODERATOR, HOST, PLANNER = "moderator 1", "host 2", "planner Kim"
LOOK_AT_FILES_EVERY = 6

devices = st.sampled_from([*SOURCES])
submissions = st.sampled_from(["s1", "s2", "s3"])
sentences = st.sampled_from(["Mehr Bänke", "=SUMME(A1)", "Aushang\tim Bus;\n„heute“", "Bänke 👩‍👩‍👧"])
mostly = st.sampled_from([True] * 5 + [False])
rarely = st.sampled_from([False] * 5 + [True])
place = st.integers(0, 20)
_numbers = itertools.count(1)


class Evenings(RuleBasedStateMachine):
    """Subclassed with the database and the plan that it works on."""

    database: Database
    plan: Plan

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(self._open())
        self.steps = 0
        self.paper_ids: dict[tuple[str, str], str] = {}

    async def _open(self) -> None:
        self.hub = Hub(self.database)
        self.ledger = Ledger(self.database, store_of(self.database), self.hub.committed)

    @initialize(is_rehearsal=rarely, phase=st.sampled_from([Phase.cafe, Phase.cloud]), at_once=mostly)
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

    # --- both answer the same -------------------------------------------------------------------

    def agree(self, expected: Callable[[], object], real: Callable[[], object]) -> None:
        """Done by both, or refused by both for the same reason."""
        assert _refusal(real) == _refusal(expected)

    def write(self, action: Any, *values: Any, **named: Any) -> Any:
        return self.database.write(action, *values, **named)

    def recorded(self, name: str, subject: str, act: Any, *values: Any, **named: Any) -> Any:
        return self.write(
            act_and_record, self.event_id, MODERATOR, name, subject, act, self.event_id, *values,
            **named,
        )  # fmt: skip

    def sent(self, *batch: commands.Command) -> list[Any]:
        """Receipts and refusals of what is sent at the same moment."""

        async def send() -> list[Any]:
            return await asyncio.gather(
                *(self.ledger.enter(command) for command in batch), return_exceptions=True
            )

        return [
            type(one) if isinstance(one, Refusal) else one
            for one in self.loop.run_until_complete(send())
        ]

    # --- attendees --------------------------------------------------------------------------------

    @rule(
        taps=st.lists(
            st.tuples(
                devices,
                place,
                st.sampled_from([True, True, False, False, None]),
                st.sampled_from([1, 1, 1, 5, 0, -1, None]),
            ),
            min_size=1,
            max_size=8,
        ),
        is_late=rarely,
    )
    def tap(self, taps: list[tuple[str, int, bool | None, int | None]], is_late: bool) -> None:
        """Sequences that rise, are equal or older, or are missing."""
        epoch = self.evening.epoch - is_late
        batch = []
        latest = {key: dot.sequence for key, dot in self.evening.dots.items()}
        for device, at, knows, step in taps:
            offer = self.offers[at % len(self.offers)]
            sequence = None if step is None else max(latest.get((device, offer), 0) + step, 0)
            if sequence is not None:
                latest[device, offer] = max(sequence, latest.get((device, offer), 0))
            batch.append(
                commands.PlaceDot(
                    self.event_id, device, offer, knows, sequence, SOURCES[device], epoch=epoch
                )
            )
        for dot, receipt in zip(batch, self.sent(*batch), strict=True):
            real = receipt
            given = dot.sequence
            if isinstance(receipt, commands.DotReceipt):
                real = (receipt.status, receipt.knows, receipt.sequence)
                given = receipt.sequence if dot.sequence is None else dot.sequence
            before = self.evening.dots.get((dot.device, dot.offer_key))
            if dot.sequence is None and isinstance(receipt, commands.DotReceipt) and before:
                assert receipt.sequence > before.sequence
            if given is None:  # refused, so it does not matter which
                given = before.sequence + 1 if before else 0

            def expected(dot: commands.PlaceDot = dot, sequence: int = given) -> object:
                self.evening.recognise(dot.epoch)
                return self.evening.tap(
                    dot.device, dot.offer_key, dot.knows, sequence, str(dot.source)
                )

            assert real == _outcome(expected)

    @rule(
        cards=st.lists(
            st.tuples(devices, submissions, place, st.booleans(), sentences, rarely, mostly),
            min_size=1,
            max_size=4,
        )
    )
    def send_cards(self, cards: list[tuple[str, str, int, bool, str, bool, bool]]) -> None:
        batch = []
        for device, submission, at, is_on_offer, text, is_held, is_form in cards:
            offer = self.offers[at % len(self.offers)] if is_on_offer else None
            island = self.evening.homes[offer] if offer else ISLANDS[at % len(ISLANDS)]
            batch.append(
                commands.SubmitCard(
                    self.event_id, device, submission, island, offer, text, is_held,
                    SOURCES[device], f"{submission} {text}" if is_form else None,
                    epoch=self.evening.epoch,
                )
            )  # fmt: skip
        before = [(one.submission, one.otherwise) for one in batch]
        for one, (submission, otherwise), receipt in zip(
            batch, before, self.sent(*batch), strict=True
        ):

            def expected(
                one: commands.SubmitCard = one,
                submission: str = submission,
                otherwise: str | None = otherwise,
            ) -> object:
                return self.evening.send_card(
                    one.device, submission, one.island_number, one.offer_key, one.text,
                    is_held=one.is_held, otherwise=otherwise,
                )  # fmt: skip

            assert _text(receipt) == _outcome(expected)

    @rule(device=devices, at=place)
    def withdraw_card(self, device: str, at: int) -> None:
        own = [submission for owner, submission in self.evening.cards if owner == device]
        submission = own[at % len(own)] if own else "never sent"
        (receipt,) = self.sent(
            commands.WithdrawCard(self.event_id, device, submission, epoch=self.evening.epoch)
        )
        assert _text(receipt) == _outcome(lambda: self.evening.withdraw_card(device, submission))

    @precondition(lambda self: self.evening.cards)
    @rule(given=st.lists(st.tuples(devices, place, mostly), min_size=1, max_size=4))
    def support(self, given: list[tuple[str, int, bool]]) -> None:
        for device, at, supports in given:
            id, card = self.card(at)
            (receipt,) = self.sent(
                commands.SupportCard(
                    self.event_id, device, id, supports, epoch=self.evening.epoch
                )
            )
            real = receipt.supports if isinstance(receipt, commands.SupportReceipt) else receipt

            def expected(
                device: str = device, card: ModelCard = card, supports: bool = supports
            ) -> object:
                return self.evening.support(device, card, supports=supports)

            assert real == _outcome(expected)

    @rule(
        words=st.lists(
            st.tuples(devices, submissions, st.sampled_from([*KEYS]), rarely),
            min_size=1,
            max_size=5,
        )
    )
    def send_words(self, words: list[tuple[str, str, str, bool]]) -> None:
        batch = [
            commands.SubmitWord(
                self.event_id, device, submission, text, key_of(text), word_id(key_of(text)), is_held,
                epoch=self.evening.epoch,
            )
            for device, submission, text, is_held in words
        ]  # fmt: skip
        for one, receipt in zip(batch, self.sent(*batch), strict=True):

            def expected(one: commands.SubmitWord = one) -> object:
                known = self.evening.words.known(one.device, one.submission)
                if known is not None:
                    return one.submission, known
                self.evening.admit("cloud")
                state = self.evening.words.send(
                    one.device, one.submission, one.text, is_held=one.is_held
                )
                return one.submission, state

            assert _text(receipt) == _outcome(expected)

    @rule(device=devices, submission=submissions)
    def withdraw_word(self, device: str, submission: str) -> None:
        (receipt,) = self.sent(
            commands.WithdrawWord(self.event_id, device, submission, epoch=self.evening.epoch)
        )

        def expected() -> object:
            known = self.evening.words.known(device, submission)
            if known is None:
                raise Unknown
            if known != "withdrawn":
                self.evening.admit("cloud")
                self.evening.words.withdraw(device, submission)
            return submission, "withdrawn"

        assert _text(receipt) == _outcome(expected)

    # --- hosts and moderators: cards ----------------------------------------------------------------

    def card(self, at: int) -> tuple[str, ModelCard]:
        """One of them all, by its id and as the model has it."""
        model = [*self.evening.cards.items()]
        (device, submission), card = model[at % len(model)]
        return self.ids()[device, submission], card

    def ids(self) -> dict[tuple[str, str], str]:
        """A card typed in by a host is known by its text, which makes its own submission."""
        with self.database.read() as session:
            rows = session.exec(select(Card).where(Card.event_id == self.event_id)).all()
        ids = {(row.device, row.submission): row.id for row in rows if row.source != Source.paper}
        return ids | self.paper_ids

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
            lambda: self.write(decide_on_card, desk, id, act, version)
            if is_host
            else self.recorded(act, id, _on_card(deciding.decide), id, act, version),
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
        real = _outcome(
            lambda: self.write(paper_cards.type_in_card, desk, text, offer, submission)
        )
        expected = _outcome(lambda: self.evening.type_in_card(island, offer, text, submission))
        if expected is not None:
            assert real == expected
            return
        for key in self.evening.cards.keys() - known:
            self.paper_ids[key] = real
        assert real in self.paper_ids.values()

    # --- moderators: words --------------------------------------------------------------------------

    def word(self, at: int) -> tuple[str, int]:
        words = [*self.evening.words.words.items()]
        key, word = words[at % len(words)]
        return key, word.version

    @precondition(lambda self: self.evening.words.words)
    @rule(at=place, act=st.sampled_from(["approval", "hiding", "hiding", "restoration"]), is_stale=rarely)
    def decide_on_word(self, at: int, act: str, is_stale: bool) -> None:
        key, version = self.word(at)
        version -= is_stale
        state = "hidden" if act == "hiding" else "approved"
        self.agree(
            lambda: self.evening.words.decide(key, state, version),
            lambda: self.recorded(
                act, word_id(key), _on_word(deciding.decide), word_id(key), act, version
            ),
        )

    @precondition(lambda self: len(self.evening.words.words) > 1)
    @rule(at=st.lists(place, min_size=1, max_size=3), into=place, is_into=mostly, is_stale=rarely)
    def merge(self, at: list[int], into: int, is_into: bool, is_stale: bool) -> None:
        seen = [self.word(one) for one in at]
        target = self.word(into) if is_into else None
        if is_stale:
            seen[0] = (seen[0][0], seen[0][1] - 1)
            target = self.word(into) if is_into else None
        named = [curating.Seen(word_id(key), version) for key, version in seen]
        real_into = curating.Seen(word_id(target[0]), target[1]) if target else None
        self.agree(
            lambda: self.evening.words.merge(seen, target),
            lambda: self.write(curating.merge, self.event_id, MODERATOR, real_into, named),
        )

    @precondition(lambda self: self.evening.words.words)
    @rule(at=place, is_stale=rarely)
    def split(self, at: int, is_stale: bool) -> None:
        key, version = self.word(at)
        self.agree(
            lambda: self.evening.words.split(key, version - is_stale),
            lambda: self.write(
                curating.split, self.event_id, MODERATOR, word_id(key), version - is_stale
            ),
        )

    @precondition(lambda self: self.evening.words.words)
    @rule(at=place, text=st.sampled_from(["Begegnung", "prima", ""]), is_stale=rarely)
    def rename(self, at: int, text: str, is_stale: bool) -> None:
        key, version = self.word(at)
        self.agree(
            lambda: self.evening.words.rename(key, text, version - is_stale),
            lambda: self.write(
                curating.rename, self.event_id, MODERATOR, word_id(key), text, version - is_stale
            ),
        )

    @precondition(lambda self: self.evening.words.acts)
    @rule()
    def undo(self) -> None:
        with self.database.read() as session:
            act = curating.last_undoable(session, self.event_id)
        assert act is not None
        self.write(curating.undo, self.event_id, MODERATOR, act.number)
        expected = self.evening.words.undone()
        now = self.stored_words()
        assert now.keys() == self.evening.words.words.keys()
        if expected is not None:
            assert _without_versions(now) == _without_versions(expected)
        self.evening.words.words = now

    def stored_words(self) -> dict[str, ModelWord]:
        keys = {word_id(key): key for key in KEYS.values()}
        with self.database.read() as session:
            rows = session.exec(
                select(Word).where(Word.event_id == self.event_id).order_by(Word.arrival, Word.id)
            ).all()
        return {
            keys[row.id]: ModelWord(
                str(row.state),
                keys[row.merged_into] if row.merged_into else None,
                row.renamed,
                row.version,
            )
            for row in rows
        }

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
    def steer(
        self, is_paused: bool, has_curtain: bool, is_revealed: bool, is_frozen: bool
    ) -> None:
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

    # --- and show the same --------------------------------------------------------------------------

    @invariant()
    def look(self) -> None:
        self.steps += 1
        if self.steps % 2 == 0:
            self.look_at_walls()
        if self.steps % LOOK_AT_FILES_EVERY == 0:
            self.look_at_rows()
            self.look_at_files()

    def look_at_rows(self) -> None:
        with self.database.read() as session:
            dots = session.exec(select(Dot).where(Dot.event_id == self.event_id)).all()
            cards = session.exec(select(Card).where(Card.event_id == self.event_id)).all()
            entries = session.exec(select(Entry).where(Entry.event_id == self.event_id)).all()
        assert {
            (dot.device, dot.offer_key): (dot.knows, dot.sequence, dot.source) for dot in dots
        } == {
            key: (dot.knows, dot.sequence, dot.source) for key, dot in self.evening.dots.items()
        }
        ids = self.ids()
        assert {
            card.id: (card.text, card.state, card.version, card.is_highlighted) for card in cards
        } == {
            ids[key]: (card.text, card.state, card.version, card.is_highlighted)
            for key, card in self.evening.cards.items()
        }
        assert {(one.device, one.submission): (one.text, one.word_id) for one in entries} == {
            sent: (one.text, word_id(one.key) if one.key else None)
            for sent, one in self.evening.words.entries.items()
        }
        assert self.stored_words() == self.evening.words.words

    def look_at_walls(self) -> None:
        """What moved with every change, what is read anew, and what should be there."""
        moved, read = self.loop.run_until_complete(self._settled())
        del moved["clock"], read["clock"]
        assert moved == read
        assert on_a_wall(read) == on_the_model_s_wall(self.evening)

    async def _settled(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Once the room shows what is stored, and every word has its place."""
        room = self.hub.room(self.event_id)
        async with asyncio.timeout(30):
            await room.tally()
            while True:
                with self.database.read() as session:
                    tally = read_tally(session, self.event_id)
                assert tally is not None
                if room.version == tally.version and all(word.size for word in tally.words):
                    return json.loads(room.state), json.loads(json.dumps(wall_state(tally, 0)))
                await asyncio.sleep(0.002)

    def look_at_files(self) -> None:
        with self.database.read() as session:
            report = read_report(session, session.get_one(Event, self.event_id))
        assert in_files(report) == in_the_model_s_results(self.evening)

    # --- the end --------------------------------------------------------------------------------------

    def end(self) -> None:
        """Whatever has become of it, it is closed and sealed; nothing that counts is another number."""
        self.look_at_rows()
        self.look_at_walls()
        self.look_at_files()
        self.recorded("rehearsal", "", wiping.end_rehearsal, keep=True)
        self.evening.end_rehearsal(keep=True)
        self.enter_phase(Phase.closed)
        before = self.evening.epoch
        self.write(sealing.seal, self.event_id, PLANNER)
        self.evening.seal()
        late = commands.PlaceDot(self.event_id, "ada", self.offers[0], True, 2**50, epoch=before)
        assert [one.__name__ for one in self.sent(late)] == ["CannotStore"]
        self.look_at_walls()
        self.look_at_files()

    def teardown(self) -> None:
        async def close() -> None:
            await self.ledger.close()
            await self.hub.close()

        try:
            if hasattr(self, "evening") and not self.has_failed:
                self.end()
        finally:
            self.loop.run_until_complete(close())
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()

    @property
    def has_failed(self) -> bool:
        import sys

        return sys.exc_info()[0] is not None


def _outcome(act: Callable[[], object]) -> Any:
    try:
        return act()
    except Refusal as refusal:
        return type(refusal)


def _refusal(act: Callable[[], object]) -> type[Refusal] | None:
    try:
        act()
    except Refusal as refusal:
        return type(refusal)
    return None


def _text(receipt: Any) -> Any:
    if isinstance(receipt, commands.TextReceipt):
        return receipt.submission, str(receipt.state)
    return receipt


def _without_versions(words: dict[str, ModelWord]) -> dict[str, tuple[str, str | None, str | None]]:
    return {key: (word.state, word.merged_into, word.renamed) for key, word in words.items()}


def _on_card(act: Any) -> Any:
    return lambda session, event_id, *values: act(session, Card, event_id, *values)


def _on_word(act: Any) -> Any:
    return lambda session, event_id, *values: act(session, Word, event_id, *values)
