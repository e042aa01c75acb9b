"""What attendees do: dots, cards, supports, words, sent, repeated and taken back."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.cloud.normalise import key_of, word_id
from app.errors import Unknown
from app.feedback import commands
from tests.exactness.both import (
    ISLANDS,
    SOURCES,
    Both,
    devices,
    mostly,
    outcome,
    place,
    rarely,
    sentences,
    submissions,
    text_of,
)
from tests.exactness.model import Card as ModelCard
from tests.exactness.words import KEYS


class Attendees(Both):
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
        offers = [self.offers[at % len(self.offers)] for _, at, _, _ in taps]
        self.tapped(
            [
                (device, offer, knows, step)
                for offer, (device, _, knows, step) in zip(offers, taps, strict=True)
            ],
            self.evening.epoch - is_late,
        )

    @precondition(lambda self: self.evening.dots)
    @rule(
        changes=st.lists(
            st.tuples(place, st.sampled_from([True, False, None]), st.sampled_from([1, 1, 1, 0])),
            min_size=1,
            max_size=8,
        )
    )
    def change_minds(self, changes: list[tuple[int, bool | None, int]]) -> None:
        """Of those who have said something of an offer, which may have been taken out meanwhile."""
        said = [*self.evening.dots]
        self.tapped(
            [(*said[at % len(said)], knows, step) for at, knows, step in changes],
            self.evening.epoch,
        )

    def tapped(self, taps: list[tuple[str, str, bool | None, int | None]], epoch: int) -> None:
        """Device, offer, what is known, and by how much the sequence is higher than the last (None: there
        is none), all at the same moment."""
        batch = []
        latest = {key: dot.sequence for key, dot in self.evening.dots.items()}
        for device, offer, knows, step in taps:
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

            assert real == outcome(expected)

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

            assert text_of(receipt) == outcome(expected)

    @rule(device=devices, at=place)
    def withdraw_card(self, device: str, at: int) -> None:
        own = [submission for owner, submission in self.evening.cards if owner == device]
        submission = own[at % len(own)] if own else "never sent"
        (receipt,) = self.sent(
            commands.WithdrawCard(self.event_id, device, submission, epoch=self.evening.epoch)
        )
        assert text_of(receipt) == outcome(lambda: self.evening.withdraw_card(device, submission))

    @precondition(lambda self: self.evening.cards)
    @rule(given=st.lists(st.tuples(devices, place, mostly), min_size=1, max_size=4))
    def support(self, given: list[tuple[str, int, bool]]) -> None:
        for device, at, supports in given:
            id, card = self.card(at)
            (receipt,) = self.sent(
                commands.SupportCard(self.event_id, device, id, supports, epoch=self.evening.epoch)
            )
            real = receipt.supports if isinstance(receipt, commands.SupportReceipt) else receipt

            def expected(
                device: str = device, card: ModelCard = card, supports: bool = supports
            ) -> object:
                return self.evening.support(device, card, supports=supports)

            assert real == outcome(expected)

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

            assert text_of(receipt) == outcome(expected)

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

        assert text_of(receipt) == outcome(expected)
