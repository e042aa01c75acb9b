"""What a plan becomes in the database, and what importing it again must never touch."""

import datetime
import random
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, select

from app.changes import Change
from app.database import Database
from app.feedback.models import Card, Dot, State
from app.planning import importing
from app.planning.importing import import_plan
from app.planning.models import Contact, Event, Phase, Series
from app.planning.plan import Plan
from app.planning.plan_reading import read_plan

DEVICE = "MDEyMzQ1Njc4OWFiY2RlZg"


def replaced(example: str, *pairs: tuple[str, str]) -> Plan:
    for old, new in pairs:
        assert example.count(old) == 1
        example = example.replace(old, new)
    return read_plan(example.encode())


def without_island(example: str, number: int) -> str:
    parts = example.split("[[islands]]")
    return "[[islands]]".join(parts[:number] + parts[number + 1 :])


def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.read() as session:
        return {
            name: [dict(row) for row in session.connection().execute(table.select()).mappings()]
            for name, table in SQLModel.metadata.tables.items()
        }


@pytest.fixture
def event(database: Database, plan: Plan) -> Event:
    return database.write(import_plan, plan, rehearsal=False)


@pytest.fixture
def dots_and_a_card(database: Database, event: Event) -> None:
    assert event.id is not None
    event_id = event.id

    def tell(session: Session) -> None:
        for key in ("ehrenamtskarte", "umweltberatung"):
            session.add(
                Dot(event_id=event_id, device=DEVICE, offer_key=key, knows=True, sequence=1)
            )
        session.add(
            Card(
                event_id=event_id,
                id="c1",
                island_number=3,
                offer_key="ehrenamtskarte",
                text="Im Amtsblatt werben",
                state=State.approved,
                arrival=2,
                received_at=datetime.datetime(2023, 8, 16, 18, 0, tzinfo=datetime.UTC),
                device=DEVICE,
                submission="s1",
            )
        )

    database.write(tell)


def test_the_whole_example_plan_is_in_the_database(
    database: Database, event: Event, plan: Plan
) -> None:
    stored = everything(database)

    assert [(row["number"], row["position"], row["title"]) for row in stored["island"]] == [
        (island.number, island.number, island.title) for island in plan.islands
    ]
    assert sorted(
        (row["island_number"], row["position"], row["key"], row["title"], row["description"])
        for row in stored["offer"]
    ) == [
        (island.number, position, offer.key, offer.title, offer.description)
        for island in plan.islands
        for position, offer in enumerate(island.offers, start=1)
    ]
    assert [(row["island_number"], row["name"], row["url"]) for row in stored["contact"]] == [
        (island.number, contact.name, contact.url)
        for island in plan.islands
        for contact in island.contacts
    ]
    assert [(row["date"], row["district"]) for row in stored["series_date"]] == [
        (date.date, date.district) for date in plan.series.dates
    ]


def test_a_new_event_waits_in_setup_with_a_full_clock_and_a_secret_of_its_own(
    database: Database, event: Event, example: str
) -> None:
    other = database.write(
        import_plan,
        replaced(example, ('"mitte-styrum-2023"', '"osterfeld-2023"'), ("= 75", "= 60")),
        rehearsal=True,
    )

    assert (event.phase, event.is_rehearsal, event.clock_remaining_s) == (Phase.setup, False, 4500)
    assert (other.phase, other.is_rehearsal, other.clock_remaining_s) == (Phase.setup, True, 3600)
    assert (len(event.device_secret), len(other.device_secret)) == (32, 32)
    assert event.device_secret != other.device_secret
    assert event.code != other.code
    assert event.series_id == other.series_id
    assert len(everything(database)["island"]) == 24


def test_a_code_that_is_taken_is_not_given_again(
    database: Database, event: Event, example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    thrown = iter([event.code, "K7M4QX"])
    monkeypatch.setattr(importing, "new_code", lambda: next(thrown))  # randomness

    other = database.write(
        import_plan, replaced(example, ('"mitte-styrum-2023"', '"zweite"')), rehearsal=False
    )

    assert other.code == "K7M4QX"


@pytest.mark.usefixtures("dots_and_a_card")
def test_the_same_plan_again_changes_nothing_but_the_version(
    database: Database, event: Event, plan: Plan
) -> None:
    before = everything(database)

    again = database.write(import_plan, plan, rehearsal=True)

    assert (again.id, again.version) == (event.id, event.version + 1)
    before["event"][0]["version"] += 1
    assert everything(database) == before


def test_what_runs_is_not_disturbed_by_a_corrected_plan(
    database: Database, event: Event, example: str
) -> None:
    def run(session: Session) -> None:
        running = session.get_one(Event, event.id)
        running.phase = Phase.cafe
        running.clock_started_at = 1_000.0
        running.attendees = 82

    database.write(run)
    corrected = replaced(
        example, ("cafe_minutes = 75", "cafe_minutes = 90"), ('"Wohnumfeld"', '"Wohnen"')
    )

    again = database.write(import_plan, corrected, rehearsal=True)

    assert (again.phase, again.code, again.device_secret, again.is_rehearsal) == (
        Phase.cafe,
        event.code,
        event.device_secret,
        False,
    )
    assert (again.clock_remaining_s, again.clock_started_at) == (4500, 1_000.0)
    assert (again.cafe_minutes, again.attendees) == (90, 82)
    assert everything(database)["island"][0]["title"] == "Wohnen"


def test_before_the_day_an_untouched_clock_follows_the_plan(
    database: Database, event: Event, example: str
) -> None:
    again = database.write(
        import_plan, replaced(example, ("cafe_minutes = 75", "cafe_minutes = 90")), rehearsal=False
    )

    assert again.clock_remaining_s == 5400


@pytest.mark.usefixtures("dots_and_a_card")
def test_what_is_missing_is_retired_with_its_dots_and_comes_back(
    database: Database, plan: Plan, example: str
) -> None:
    before = everything(database)

    database.write(import_plan, read_plan(without_island(example, 3).encode()), rehearsal=False)

    retired = everything(database)
    assert [row["number"] for row in retired["island"] if row["is_retired"]] == [3]
    assert sorted(row["key"] for row in retired["offer"] if row["is_retired"]) == [
        "ehrenamtskarte",
        "ehrenamtsvermittlung",
    ]
    assert (retired["dot"], retired["card"]) == (before["dot"], before["card"])
    positions = {row["number"]: row["position"] for row in retired["island"]}
    assert (positions[4], positions[12]) == (3, 11)

    database.write(import_plan, plan, rehearsal=False)

    before["event"][0]["version"] += 2
    assert everything(database) == before


@pytest.mark.usefixtures("dots_and_a_card")
def test_an_offer_may_move_to_another_island_even_while_its_own_goes(
    database: Database, example: str
) -> None:
    before = everything(database)
    offer = next(line for line in example.splitlines() if '"ehrenamtskarte"' in line)
    document = without_island(example, 3).replace(
        '  { key = "jugendzentren"', f'{offer}\n  {{ key = "jugendzentren"'
    )

    database.write(import_plan, read_plan(document.encode()), rehearsal=False)

    after = everything(database)
    moved = next(row for row in after["offer"] if row["key"] == "ehrenamtskarte")
    assert (moved["island_number"], moved["position"], moved["is_retired"]) == (12, 1, False)
    assert (after["dot"], after["card"]) == (before["dot"], before["card"])


def test_contacts_and_dates_are_those_of_the_latest_plan(
    database: Database, event: Event, example: str
) -> None:
    date = '[[series.dates]]\ndate = 2023-09-28\ndistrict = "Osterfeld"\n'
    plan = replaced(
        example,
        (date, ""),
        ('url = "https://www.ssb-oberhausen.de/"', 'mail = "info@ssb-oberhausen.de"'),
        ('"Expert*innendialoge im Sozialraum 2023"', '"Sozialraumdialoge"'),
    )

    database.write(import_plan, plan, rehearsal=False)

    stored = everything(database)
    assert [row["title"] for row in stored["series"]] == ["Sozialraumdialoge"]
    assert len(stored["series_date"]) == 5
    assert len(stored["contact"]) == 19
    assert [(row["name"], row["url"]) for row in stored["contact"] if row["mail"]] == [
        ("Stadtsportbund Oberhausen e.V.", "")
    ]


def test_a_plan_touches_no_other_event(database: Database, event: Event, example: str) -> None:
    before = everything(database)
    other = example.replace('"mitte-styrum-2023"', '"zweite"').replace('"Ehrenamt"', '"Anderes"')

    for document in (other, without_island(other, 3)):
        database.write(import_plan, read_plan(document.encode()), rehearsal=False)

    after = everything(database)
    for table in ("island", "contact", "offer"):
        assert [row for row in after[table] if row["event_id"] == event.id] == before[table]
    assert [row for row in after["event"] if row["id"] == event.id] == before["event"]


def test_an_event_moves_to_the_series_its_plan_names(
    database: Database, event: Event, example: str
) -> None:
    database.write(
        import_plan, replaced(example, ('"expertinnendialoge-2023"', '"dialoge"')), rehearsal=False
    )

    with database.read() as session:
        named = session.exec(
            select(Series.key, Event.key).join(Event, col(Event.series_id) == Series.id)
        )
        assert named.all() == [("dialoge", "mitte-styrum-2023")]


def test_texts_in_other_languages_are_stored(database: Database, example: str) -> None:
    plan = replaced(
        example, ('title = "Ehrenamt"', 'title = "Ehrenamt"\ntitle_en = "Volunteering"')
    )

    database.write(import_plan, plan, rehearsal=False)

    assert everything(database)["island"][2]["texts"] == {"en": {"title": "Volunteering"}}


def test_a_contact_has_its_name_in_another_language(database: Database, example: str) -> None:
    name = 'name = "Stadtsportbund Oberhausen e.V."'
    plan = replaced(example, (name, f'{name}, name_en = "City Sports Association"'))
    database.write(import_plan, plan, rehearsal=False)
    with database.read() as session:
        texts = session.exec(select(Contact.texts).where(Contact.island_number == 4)).all()
    assert texts == [{}, {"en": {"name": "City Sports Association"}}]


def test_an_import_that_fails_halfway_leaves_everything_as_it_was(
    database: Database, event: Event, example: str
) -> None:
    before = everything(database)
    told: list[dict[int, int]] = []
    database.on_change.append(told.append)

    def import_and_fail(session: Session) -> None:
        import_plan(session, replaced(example, ('"Wohnumfeld"', '"Wohnen"')), rehearsal=False)
        raise ValueError("power cut")

    with pytest.raises(ValueError, match="power cut"):
        database.write(import_and_fail)

    assert everything(database) == before
    assert told == []


def test_everybody_is_told_of_an_import_after_the_commit(
    database: Database, event: Event, plan: Plan
) -> None:
    told: list[tuple[list[Change], int]] = []

    def tell(changes: list[Change]) -> None:
        told.append((changes, everything(database)["event"][0]["version"]))

    database.on_change.append(tell)
    database.write(import_plan, plan, rehearsal=False)

    assert event.id is not None
    change = Change(event.id, event.version + 1, is_plan=True)
    assert told == [([change], event.version + 1)]


@pytest.mark.parametrize("seed", range(5))
def test_after_any_row_of_plans_what_is_not_retired_is_the_latest_plan(
    database: Database, plan: Plan, seed: int
) -> None:
    draw = random.Random(seed)
    for _ in range(6):
        offers = [offer for island in plan.islands for offer in island.offers]
        draw.shuffle(offers)
        chosen = draw.sample(plan.islands, draw.randint(1, len(plan.islands)))
        shares = [offers[start :: len(chosen) + 1] for start in range(len(chosen))]
        islands = [
            island.model_copy(update={"offers": share})
            for island, share in zip(chosen, shares, strict=True)
        ]
        latest = plan.model_copy(update={"islands": islands})
        database.write(import_plan, latest, rehearsal=False)

        stored = everything(database)
        assert {
            (row["number"], row["position"]) for row in stored["island"] if not row["is_retired"]
        } == {(island.number, at) for at, island in enumerate(islands, start=1)}
        assert {
            (row["key"], row["island_number"], row["position"])
            for row in stored["offer"]
            if not row["is_retired"]
        } == {
            (offer.key, island.number, at)
            for island in islands
            for at, offer in enumerate(island.offers, start=1)
        }
