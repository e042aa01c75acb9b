"""What the store makes of commands: every outcome, and what is in the rows afterwards."""

import time
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from app.errors import CannotStore, NotAcceptable, NotOpen, Unknown
from app.feedback.commands import (
    Committed,
    DotMoved,
    DotReceipt,
    SupportReceipt,
    TextReceipt,
)
from app.feedback.models import Card, Dot, Entry, Source, State, Support, Word
from app.moderation.wiping import begin_rehearsal, end_rehearsal
from app.planning.models import Approval, Phase
from tests.feedback.world import World

OFFER, OTHER = "umweltberatung", "quartiersfonds"


# --- dots -----------------------------------------------------------------------------------------


def test_a_dot_is_one_row_and_raises_the_version_by_one(world: World) -> None:
    before = world.version

    (receipt,), (change,) = world.commit(world.dot(OFFER, True, 7))

    assert receipt == DotReceipt("counted", OFFER, True, 7, before + 1)
    moved = DotMoved(OFFER, "ada", Source.phone, None, True)
    assert change == Committed(world.event_id, before + 1, (moved,), has_texts=False)
    (dot,) = world.rows(select(Dot))
    assert (dot.device, dot.offer_key, dot.knows, dot.sequence, dot.source) == (
        "ada", OFFER, True, 7, "phone",
    )  # fmt: skip
    assert world.version == before + 1


def test_the_same_dot_again_gets_the_same_answer_and_changes_nothing(world: World) -> None:
    """C01, D01"""
    first = world.one(world.dot(OFFER, True, 7))

    (again,), changes = world.commit(world.dot(OFFER, True, 7))

    assert (again, changes) == (first, [])


def test_the_same_dot_again_gets_the_same_answer_after_the_end(world: World) -> None:
    """Its first answer may have been lost while the moderator closed the event."""
    first = world.one(world.dot(OFFER, True, 7))
    world.set(phase=Phase.closed)

    assert world.one(world.dot(OFFER, True, 7)) == first


def test_an_older_dot_than_the_stored_one_changes_nothing(world: World) -> None:
    world.one(world.dot(OFFER, True, 7))
    before = world.version

    receipt = world.one(world.dot(OFFER, False, 6))

    assert receipt == DotReceipt("superseded", OFFER, True, 7, before)
    assert world.rows(select(Dot.knows)) == [True]


def test_a_tie_of_sequences_with_another_answer_is_superseded(world: World) -> None:
    world.one(world.dot(OFFER, True, 7))

    assert world.one(world.dot(OFFER, False, 7)).status == "superseded"


def test_a_withdrawn_dot_can_not_come_back_with_an_older_sequence(world: World) -> None:
    world.one(world.dot(OFFER, None, 8))

    assert world.one(world.dot(OFFER, True, 7)).knows is None
    assert world.rows(select(Dot.knows)) == [None]


def test_without_a_sequence_the_order_of_arrival_decides(world: World) -> None:
    before_ms = int(time.time() * 1000)

    first, second = world.commit(world.dot(OFFER, True), world.dot(OFFER, False))[0]

    assert isinstance(first, DotReceipt)
    assert isinstance(second, DotReceipt)
    assert first.sequence >= before_ms
    assert (second.status, second.knows) == ("counted", False)
    assert second.sequence > first.sequence


def test_without_a_sequence_a_dot_follows_one_from_a_clock_that_is_ahead(world: World) -> None:
    ahead = int(time.time() * 1000) + 3_600_000
    world.one(world.dot(OFFER, True, ahead))

    assert world.one(world.dot(OFFER, False)).sequence == ahead + 1


def test_of_many_changes_in_a_batch_only_the_last_is_told(world: World) -> None:
    _, (change,) = world.commit(
        world.dot(OFFER, True, 1), world.dot(OFFER, None, 2), world.dot(OFFER, False, 3)
    )

    assert change.dots == (DotMoved(OFFER, "ada", Source.phone, None, False),)
    assert world.rows(select(Dot.knows)) == [False]


def test_a_repetition_within_a_batch_is_counted_once(world: World) -> None:
    receipts, (change,) = world.commit(world.dot(OFFER, True, 1), world.dot(OFFER, True, 1))

    assert receipts[0] == receipts[1]
    assert change.version == world.version


def test_a_batch_of_many_devices_is_one_version(world: World) -> None:
    before = world.version

    receipts, changes = world.commit(
        *(world.dot(key, True, 1, device) for device in "abc" for key in (OFFER, OTHER))
    )

    assert {receipt.version for receipt in receipts if isinstance(receipt, DotReceipt)} == {
        before + 1
    }
    assert [len(change.dots) for change in changes] == [6]


def test_a_dot_on_an_offer_that_is_gone_stores_nothing_of_its_batch(world: World) -> None:
    with pytest.raises(IntegrityError):
        world.commit(world.dot(OFFER, True, 1), world.dot("gone", True, 1))

    assert world.rows(select(Dot)) == []


def test_a_command_to_an_event_that_is_gone_is_unknown(world: World) -> None:
    receipt = world.one(replace(world.dot(OFFER, True, 1), event_id=4711))

    assert isinstance(receipt, Unknown)


# --- phases ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phase", "dots", "words"),
    [
        (Phase.setup, False, False),
        (Phase.cafe, True, False),
        (Phase.cloud, True, True),
        (Phase.closed, False, False),
    ],
)
def test_each_phase_takes_what_belongs_to_it(
    world: World, phase: Phase, dots: bool, words: bool
) -> None:
    world.set(phase=phase)

    receipts, _ = world.commit(world.dot(OFFER, True, 1), world.card(), world.word())

    assert [not isinstance(receipt, NotOpen) for receipt in receipts] == [dots, dots, words]


def test_a_pause_takes_nothing(world: World) -> None:
    world.set(phase=Phase.cloud, is_paused=True)

    receipts, changes = world.commit(world.dot(OFFER, True, 1), world.card(), world.word())

    assert [type(receipt) for receipt in receipts] == [NotOpen] * 3
    assert changes == []


def test_what_is_refused_does_not_stop_its_neighbours(world: World) -> None:
    refused, stored = world.commit(world.word(), world.dot(OFFER, True, 1))[0]

    assert isinstance(refused, NotOpen)
    assert isinstance(stored, DotReceipt)


# --- cards ----------------------------------------------------------------------------------------


def test_a_card_waits_for_approval(world: World) -> None:
    before = world.version

    (receipt,), (change,) = world.commit(world.card(offer=OFFER))

    assert receipt == TextReceipt("c1", State.waiting, before + 1)
    assert change == Committed(world.event_id, before + 1, (), has_texts=True)
    (card,) = world.rows(select(Card))
    assert (card.text, card.island_number, card.offer_key, card.state, card.version) == (
        "Mehr Bänke", 1, OFFER, "waiting", 1,
    )  # fmt: skip
    assert card.arrival == before + 1
    assert (card.received_at.second, card.received_at.microsecond) == (0, 0)


@pytest.mark.parametrize(("is_held", "state"), [(False, State.approved), (True, State.waiting)])
def test_without_approval_first_only_what_is_held_waits(
    world: World, is_held: bool, state: State
) -> None:
    world.set(card_approval=Approval.at_once)

    assert world.one(world.card(is_held=is_held)).state == state


@pytest.mark.parametrize("phase", [Phase.cafe, Phase.closed])
def test_a_card_sent_again_gets_the_same_answer_and_is_one_card(world: World, phase: Phase) -> None:
    """C03"""
    first = world.one(world.card())
    world.set(phase=phase)

    (again,), changes = world.commit(world.card(text="ein anderer Text"))

    assert (again, changes) == (first, [])
    assert world.rows(select(Card.text)) == ["Mehr Bänke"]


def test_a_card_sent_twice_in_one_batch_is_one_card(world: World) -> None:
    receipts, _ = world.commit(world.card(), world.card())

    assert [receipt.state for receipt in receipts if isinstance(receipt, TextReceipt)] == [
        State.waiting,
        State.waiting,
    ]
    assert len(world.rows(select(Card))) == 1


def test_two_devices_may_use_the_same_submission(world: World) -> None:
    world.commit(world.card(), world.card(device="bob"))

    assert len(world.rows(select(Card))) == 2


def test_a_withdrawn_card_keeps_no_text_and_stays_withdrawn(world: World) -> None:
    world.one(world.card())
    withdraw = world.withdraw_card("c1", "ada")

    first = world.one(withdraw)
    (again,), changes = world.commit(withdraw)

    assert (first, changes) == (again, [])
    assert first.state == State.withdrawn
    (card,) = world.rows(select(Card))
    assert (card.text, card.state, card.version) == ("", "withdrawn", 2)
    assert world.one(world.card()).state == State.withdrawn


def test_nobody_withdraws_another_devices_card(world: World) -> None:
    world.one(world.card())

    assert isinstance(world.one(world.withdraw_card("c1", "bob")), Unknown)
    assert world.rows(select(Card.text)) == ["Mehr Bänke"]


def test_nothing_is_withdrawn_after_the_end(world: World) -> None:
    world.one(world.card())
    world.set(phase=Phase.closed)

    assert isinstance(world.one(world.withdraw_card("c1", "ada")), NotOpen)


# --- supports -------------------------------------------------------------------------------------


def approved_card(world: World) -> str:
    world.set(card_approval=Approval.at_once)
    world.one(world.card())
    card_id: str = world.rows(select(Card.id))[0]
    return card_id


def test_a_support_counts_once_a_device_and_can_be_taken_back(world: World) -> None:
    card_id = approved_card(world)
    support = world.support(card_id, device="bob")
    before = world.version

    first = world.one(support)
    (again,), changes = world.commit(support)

    assert (first, changes) == (SupportReceipt(card_id, True, before + 1), [])
    assert again == first
    assert len(world.rows(select(Support))) == 1
    world.one(replace(support, supports=False))
    assert world.rows(select(Support)) == []


def test_the_own_card_can_not_be_supported(world: World) -> None:
    card_id = approved_card(world)

    receipt = world.one(world.support(card_id, device="ada"))

    assert isinstance(receipt, NotAcceptable)


def test_only_approved_cards_can_be_supported(world: World) -> None:
    world.one(world.card())
    card_id = world.rows(select(Card.id))[0]

    for wanted in (card_id, "gone"):
        receipt = world.one(world.support(wanted, device="bob"))
        assert isinstance(receipt, Unknown)


def test_nothing_is_supported_before_the_opening(world: World) -> None:
    card_id = approved_card(world)
    world.set(phase=Phase.setup)

    receipt = world.one(world.support(card_id, device="bob"))

    assert isinstance(receipt, NotOpen)


# --- words ----------------------------------------------------------------------------------------


def test_a_word_is_shown_at_once_unless_it_is_held(world: World) -> None:
    world.set(phase=Phase.cloud)

    receipts, _ = world.commit(world.word(), world.word("Depp", submission="w2", is_held=True))

    assert [receipt.state for receipt in receipts if isinstance(receipt, TextReceipt)] == [
        State.approved,
        State.waiting,
    ]
    assert sorted(world.rows(select(Word.key))) == ["depp", "spannend"]


def test_spellings_meet_in_one_word_with_its_state(world: World) -> None:
    world.set(phase=Phase.cloud)
    world.one(world.word("Spannend"))

    assert world.one(world.word("spannend!", device="bob", is_held=True)).state == State.approved
    assert len(world.rows(select(Word))) == 1
    assert sorted(world.rows(select(Entry.text))) == ["Spannend", "spannend!"]


def test_a_third_word_is_too_many_until_one_is_withdrawn(world: World) -> None:
    world.set(phase=Phase.cloud)
    world.commit(world.word("eins", "w1"), world.word("zwei", "w2"))

    assert isinstance(world.one(world.word("drei", "w3")), NotAcceptable)
    world.one(world.withdraw_word("w1", "ada"))
    assert world.one(world.word("drei", "w3")).state == State.approved


@pytest.mark.parametrize("phase", [Phase.cloud, Phase.closed])
def test_a_word_sent_again_gets_the_same_answer(world: World, phase: Phase) -> None:
    world.set(phase=Phase.cloud)
    first = world.one(world.word())
    world.set(phase=phase)

    (again,), changes = world.commit(world.word())

    assert (again, changes) == (first, [])
    assert len(world.rows(select(Entry))) == 1


def test_a_withdrawn_word_leaves_nothing_of_its_text(world: World) -> None:
    world.set(phase=Phase.cloud)
    world.one(world.word())
    withdraw = world.withdraw_word("w1", "ada")

    first = world.one(withdraw)
    (again,), changes = world.commit(withdraw)

    assert (first, changes) == (again, [])
    assert first.state == State.withdrawn
    assert world.rows(select(Entry.text)) == [""]
    assert world.rows(select(Word)) == []
    assert world.one(world.word()).state == State.withdrawn


def test_a_word_that_others_sent_stays_when_one_withdraws(world: World) -> None:
    world.set(phase=Phase.cloud)
    world.commit(world.word(), world.word(device="bob"))

    world.one(world.withdraw_word("w1", "ada"))

    assert world.rows(select(Word.key)) == ["spannend"]


def test_an_unknown_word_can_not_be_withdrawn(world: World) -> None:
    world.set(phase=Phase.cloud)

    assert isinstance(world.one(world.withdraw_word("w1", "ada")), Unknown)


def test_a_hidden_word_stays_hidden_when_it_is_withdrawn_and_sent_again(world: World) -> None:
    """Otherwise whoever sent it could undo the moderator's decision."""
    world.set(phase=Phase.cloud)
    world.one(world.word())

    def hide(session: Session) -> None:
        session.exec(update(Word).where(col(Word.key) == "spannend").values(state=State.hidden))

    world.database.write(hide)
    world.one(world.withdraw_word("w1", "ada"))
    assert world.rows(select(Word.key)) == [""], "and nothing is left of its text"

    assert world.one(world.word(submission="w2")).state == State.hidden
    assert world.rows(select(Word.key)) == ["spannend"]


def test_what_was_on_its_way_when_the_rehearsal_ended_is_not_taken(world: World) -> None:
    """Its device was hashed with a secret that is gone: stored, it would count as real, and for nobody."""
    on_their_way = [world.dot("streetwork", knows=True), world.card(), world.word()]
    world.database.write(begin_rehearsal, world.event_id)
    world.database.write(end_rehearsal, world.event_id, keep=False)

    outcomes, changes = world.commit(*on_their_way)

    assert [type(outcome) for outcome in outcomes] == [CannotStore] * 3
    assert changes == []
