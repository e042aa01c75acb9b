"""C12: whatever devices send in whatever order, rows and tally say the same as a simple model."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select, update

from app.feedback.commands import DotReceipt
from app.feedback.models import Card, Dot
from app.live.reading import read_tally
from app.live.state import wall_state
from app.live.tally import Tally
from app.planning.models import Approval, Offer, Phase
from tests.feedback.world import World

DEVICES = st.sampled_from(["ada", "bob", "cem"])
OFFERS = st.sampled_from(["umweltberatung", "quartiersfonds", "streetwork"])
KNOWS = st.sampled_from([True, False, None])
SUBMISSIONS = st.sampled_from(["s1", "s2", "s3"])
TEXTS = st.sampled_from(["spannend", "Spannend!", "gut", "Vielfalt"])
SHOULD_BE_QUICK = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

dots = st.tuples(st.just("dot"), OFFERS, KNOWS, st.one_of(st.none(), st.integers(0, 6)), DEVICES)
texts = st.one_of(
    st.tuples(st.just("card"), SUBMISSIONS, DEVICES),
    st.tuples(st.just("withdraw card"), SUBMISSIONS, DEVICES),
    st.tuples(st.just("word"), TEXTS, SUBMISSIONS, DEVICES),
    st.tuples(st.just("withdraw word"), SUBMISSIONS, DEVICES),
    st.tuples(st.just("support"), DEVICES),
)
phases = st.tuples(st.just("phase"), st.sampled_from([Phase.cafe, Phase.cloud, Phase.closed]))


@dataclass
class Model:
    """What the contract says about dots, with a dictionary."""

    stored: dict[tuple[str, str], tuple[bool | None, int]] = field(default_factory=dict)

    def place(
        self, device: str, offer: str, knows: bool | None, sequence: int | None, given: DotReceipt
    ) -> None:
        known = self.stored.get((device, offer))
        if sequence is None:
            assert given.status == "counted"
            assert known is None or given.sequence > known[1]
            self.stored[device, offer] = (knows, given.sequence)
        elif known is None or sequence > known[1]:
            assert (given.status, given.knows, given.sequence) == ("counted", knows, sequence)
            self.stored[device, offer] = (knows, sequence)
        else:
            status = "counted" if known == (knows, sequence) else "superseded"
            assert (given.status, given.knows, given.sequence) == (status, *known)


@SHOULD_BE_QUICK
@given(batches=st.lists(st.lists(dots, min_size=1, max_size=6), max_size=8))
def test_rows_equal_the_model_after_any_sequence_of_dots(
    world: World, batches: list[list[tuple[str, str, bool | None, int | None, str]]]
) -> None:
    world.forget()
    model = Model()

    for batch in batches:
        before = world.version
        receipts, changes = world.commit(
            *(
                world.dot(offer, knows, sequence, device)
                for _, offer, knows, sequence, device in batch
            )
        )
        for (_, offer, knows, sequence, device), receipt in zip(batch, receipts, strict=True):
            assert isinstance(receipt, DotReceipt)
            model.place(device, offer, knows, sequence, receipt)
        assert world.version == before + len(changes)

    rows = {
        (dot.device, dot.offer_key): (dot.knows, dot.sequence) for dot in world.rows(select(Dot))
    }
    assert rows == model.stored


@SHOULD_BE_QUICK
@given(
    batches=st.lists(
        st.lists(st.one_of(dots, dots, texts), min_size=1, max_size=5) | phases.map(lambda p: [p]),
        max_size=10,
    )
)
def test_the_tally_moved_by_changes_equals_the_tally_read_from_rows(
    world: World, batches: list[list[tuple[Any, ...]]]
) -> None:
    world.forget()
    world.set(card_approval=Approval.at_once, phase=Phase.cloud)
    tally = read(world)

    for batch in batches:
        if batch[0][0] == "phase":
            world.set(phase=batch[0][1])
            continue
        _, changes = world.commit(*(command(world, operation) for operation in batch))
        for change in changes:
            if tally.follows(change):
                tally.apply(change)
            else:
                tally = read(world)

    assert shown(tally) == shown(read(world))


def command(world: World, operation: tuple[Any, ...]) -> Any:
    match operation:
        case ("dot", offer, knows, sequence, device):
            return world.dot(offer, knows, sequence, device)
        case ("card", submission, device):
            return world.card(submission, device)
        case ("withdraw card", submission, device):
            return world.withdraw_card(submission, device)
        case ("word", text, submission, device):
            return world.word(text, submission, device)
        case ("withdraw word", submission, device):
            return world.withdraw_word(submission, device)
        case ("support", device):
            card_id = next(iter(world.rows(select(Card.id))), "none")
            return world.support(card_id, device=device)
    raise AssertionError(operation)


def read(world: World) -> Tally:
    with world.database.read() as session:
        tally = read_tally(session, world.event_id)
        assert tally is not None
        return tally


def shown(tally: Tally) -> dict[str, Any]:
    """Everything a wall shows, but what of the event's own row a dot does not change."""
    state = wall_state(tally, 0)
    del state["phase"]
    per_island = [dict(island.devices) for island in tally.islands]
    return state | {"counted": dict(tally.devices), "per island": per_island}


def test_dots_on_a_retired_offer_are_kept_and_not_shown(world: World) -> None:
    def retire(session: Any) -> None:
        session.exec(update(Offer).where(col(Offer.key) == "streetwork").values(is_retired=True))

    world.database.write(retire)
    tally = read(world)

    _, (change,) = world.commit(world.dot("streetwork", True, 1))
    tally.apply(change)

    assert shown(tally) == shown(read(world))
    assert wall_state(tally, 0)["totals"]["yes"] == 0
    assert world.rows(select(Dot.knows)) == [True]
