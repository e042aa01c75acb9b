"""What was tried is wiped, at the end of a rehearsal or by a reset, and nothing of it comes back."""

import pytest
from sqlmodel import SQLModel, func, select

from app.errors import NotAcceptable, NotOpen
from app.feedback.models import FROM_DEVICES, OF_THE_DAY, Dot, PaperCount, State, Support
from app.moderation.steering import turn_clock
from app.moderation.wiping import begin_rehearsal, end_rehearsal, reset
from app.photos.models import Photo
from app.planning.clock import clock_of
from app.planning.journal import Act, record
from app.results.followup.models import CardGroup, GroupedCard

TABLES = (*OF_THE_DAY, Act.__table__)


def place_dot(database, event, knows=True):
    dot = Dot(event_id=event.id, device="ada", offer_key="umweltberatung", knows=knows, sequence=1)
    database.write(lambda session: session.add(dot))


def rows(database, event):
    with database.read() as session:
        return {
            table.name: session.scalar(
                select(func.count()).select_from(table).where(table.c.event_id == event.id)
            )
            for table in TABLES
        }


def test_a_rehearsal_begins_while_nothing_was_sent(database, event, now):
    database.write(begin_rehearsal, event.id)
    version = now().version
    database.write(begin_rehearsal, event.id)

    assert (now().is_rehearsal, now().version) == (True, version)


@pytest.mark.parametrize("knows", [True, None])
def test_no_rehearsal_begins_once_there_is_a_real_dot_even_one_taken_back(
    database, event, now, knows
):
    place_dot(database, event, knows)

    with pytest.raises(NotOpen):
        database.write(begin_rehearsal, event.id)

    assert now().is_rehearsal is False
    assert rows(database, event)["dot"] == 1


@pytest.mark.parametrize("what", ["card", "word"])
def test_no_rehearsal_begins_once_there_is_a_real_card_or_word(database, event, sent, now, what):
    if what == "card":
        sent.card("Mehr Aushänge", state=State.hidden)
    else:
        sent.word("spannend", "ada")

    with pytest.raises(NotOpen):
        database.write(begin_rehearsal, event.id)

    assert now().is_rehearsal is False


@pytest.fixture
def tried(database, event, sent):
    """A rehearsal in which everything was tried."""
    database.write(begin_rehearsal, event.id)
    place_dot(database, event)
    card = sent.card("Nur eine Probe", state=State.approved)
    sent.word("spannend", "ada")
    database.write(
        lambda session: session.add_all(
            [
                Support(event_id=event.id, card_id=card, device="ben"),
                PaperCount(event_id=event.id, offer_key="umweltberatung", yes=3, no=4),
                Photo(
                    event_id=event.id,
                    id="photo1",
                    position=1,
                    media_type="image/jpeg",
                    width=1,
                    height=1,
                    content=b"",
                ),
                CardGroup(event_id=event.id, id="group1", position=1, title="Aushänge"),
                GroupedCard(event_id=event.id, card_id=card, group_id="group1"),
            ]
        )
    )
    database.write(record, event.id, "moderator 1", "approval", card)
    database.write(turn_clock, event.id, True, 1200)
    assert rows(database, event) == dict.fromkeys((table.name for table in TABLES), 1)
    return event


def test_the_end_of_a_rehearsal_wipes_everything_that_was_tried(database, tried, now):
    before = now()

    database.write(end_rehearsal, tried.id, keep=False)

    assert rows(database, tried) == dict.fromkeys((table.name for table in TABLES), 0)
    after = now()
    assert after.is_rehearsal is False
    assert after.version == before.version + 1
    assert clock_of(after).as_dict() == {
        "running": False,
        "remaining_s": 4500,
        "total_s": 4500,
        "round_s": None,
    }


def test_the_end_of_a_rehearsal_changes_the_secret_that_devices_are_known_by(database, tried, now):
    before = now().device_secret

    database.write(end_rehearsal, tried.id, keep=False)

    after = now().device_secret
    assert (len(after), after != before) == (32, True)


def test_every_table_with_somebodys_feedback_is_among_those_that_are_wiped():
    """A table added later must not be forgotten: it belongs to an event, and so is found here."""
    of_the_plan = {"island", "contact", "offer", "invitation"}
    of_the_end = {"sealed_dots", "sealed_island"}  # a rehearsal is never sealed
    of_events = {name for name, table in SQLModel.metadata.tables.items() if "event_id" in table.c}

    assert {table.name for table in TABLES} == of_events - of_the_plan - of_the_end


def test_every_table_that_names_devices_is_known():
    naming = {name for name, table in SQLModel.metadata.tables.items() if "device" in table.c}

    assert {table.__tablename__ for table in FROM_DEVICES} == naming


def test_a_rehearsal_somebody_forgot_to_end_can_be_kept(database, tried, now):
    before = now()

    database.write(end_rehearsal, tried.id, keep=True)

    assert rows(database, tried) == dict.fromkeys((table.name for table in TABLES), 1)
    after = now()
    assert after.is_rehearsal is False
    assert after.device_secret == before.device_secret
    assert after.clock_started_at == before.clock_started_at


def test_ending_a_rehearsal_twice_wipes_nothing_that_came_after_the_first(database, tried, now):
    database.write(end_rehearsal, tried.id, keep=False)
    place_dot(database, tried)
    secret = now().device_secret

    database.write(end_rehearsal, tried.id, keep=False)  # the other moderator pressed, too

    assert rows(database, tried)["dot"] == 1
    assert now().device_secret == secret


# --- reset ----------------------------------------------------------------------------------------


def test_a_reset_wipes_what_was_sent_keeps_photos_and_journal_and_writes_the_reason_into_it(
    database, tried, now
):
    before = now()
    arguments = ("  falsche\n Veranstaltung ", f" {before.code[:3].lower()}-{before.code[3:]}")

    details = database.write(reset, tried.id, *arguments)

    assert details == {"reason": "falsche Veranstaltung"}
    assert rows(database, tried) == dict.fromkeys((t.name for t in TABLES), 0) | {
        "act": 1,
        "photo": 1,
    }
    after = now()
    assert (after.epoch, after.version) == (before.epoch + 1, before.version + 1)
    assert after.device_secret != before.device_secret
    assert (after.phase, after.is_rehearsal) == (before.phase, before.is_rehearsal)
    assert clock_of(after).remaining_s == 4500


@pytest.mark.parametrize(
    ("reason", "confirm", "field"),
    [
        ("", "{code}", "reason"),
        ("  x ", "{code}", "reason"),
        ("x" * 201, "{code}", "reason"),
        ("falsch begonnen", "", "confirm"),
        ("falsch begonnen", "ja", "confirm"),
        ("falsch begonnen", "{code}X", "confirm"),
    ],
)
def test_without_a_reason_or_the_typed_code_nothing_is_wiped(
    database, tried, now, reason, confirm, field
):
    code = now().code

    with pytest.raises(NotAcceptable) as refusal:
        database.write(reset, tried.id, reason, confirm.format(code=code))

    assert refusal.value.field == field
    assert rows(database, tried) == dict.fromkeys((table.name for table in TABLES), 1)
