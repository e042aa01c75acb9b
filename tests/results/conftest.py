"""A small evening in Mitte/Styrum: the example plan, and what a few devices and paper dots said."""

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import Session, select

import app.planning
from app.cloud.normalise import key_of, word_id
from app.database import Database
from app.feedback.models import (
    Card,
    Dot,
    Entry,
    PaperCount,
    Source,
    State,
    Support,
    Word,
)
from app.photos.models import Photo
from app.planning.importing import import_plan
from app.planning.models import Event, Island, Logo, Offer, Phase, Series
from app.planning.plan_reading import read_plan
from app.results.followup.models import CardGroup, GroupedCard, Progress
from app.results.report import Report, read_report
from app.results.reported.photos import Pictures, read_pictures
from app.settings import Settings

EXAMPLE = Path(app.planning.__file__).with_name("example.toml")
HOSTILE = [
    "=1+1",
    "+49 208 825",
    "-1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",  # full-width
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    '=HYPERLINK("https://example.org";"x")',
]
HARMLESS = ["Plakate = gut", "3-mal täglich", 'Er sagte: "ja; nein"', "zwei\nZeilen", "'schon"]

WILD = [
    "🎉 Feiern! 👩\u200d👧 ❤\ufe0f",
    "مرحبا بكم في الحي",
    "שלום שכנים",
    "W" * 280,
    "Дитинство – ελληνικά – Žďár",
    '= Überschrift *fett* #panic("x") $x$ <label> @ref \\',
    "zwei\nZeilen",
    "中文 हिन्दी",
]


class Evening:
    """Writes rows the way the ledger leaves them; `arrival` rises by one a row."""

    def __init__(self, session: Session, event: Event) -> None:
        assert event.id is not None
        self.session, self.event, self.event_id, self.arrival = session, event, event.id, 0

    def _next(self) -> int:
        self.arrival += 1
        return self.arrival

    def dot(
        self, device: str, offer: str, knows: bool | None, source: Source = Source.phone
    ) -> None:
        self.session.add(
            Dot(
                event_id=self.event_id,
                device=device,
                offer_key=offer,
                knows=knows,
                sequence=self._next(),
                source=source,
            )
        )

    def paper(self, offer: str, yes: int, no: int) -> None:
        self.session.add(PaperCount(event_id=self.event_id, offer_key=offer, yes=yes, no=no))

    def card(
        self,
        device: str,
        island: int,
        text: str,
        offer: str | None = None,
        state: State = State.approved,
    ) -> str:
        arrival = self._next()
        # Ids fall while arrivals rise, so that the one can't pass for the other.
        card_id = f"card-{1000 - arrival}"
        self.session.add(
            Card(
                event_id=self.event_id,
                id=card_id,
                island_number=island,
                offer_key=offer,
                text=text,
                state=state,
                arrival=arrival,
                received_at=datetime(2023, 8, 16, 17, 30, tzinfo=UTC),
                device=device,
                submission=card_id,
            )
        )
        self.session.flush()
        return card_id

    def support(self, card_id: str, *devices: str) -> None:
        for device in devices:
            self.session.add(Support(event_id=self.event_id, card_id=card_id, device=device))

    def word(self, state: State, *entries: tuple[str, str]) -> None:
        key = key_of(entries[0][1])
        word = Word(
            event_id=self.event_id,
            id=word_id(key),
            key=key,
            state=state,
            arrival=self._next(),
        )
        self.session.add(word)
        self.session.flush()
        for device, text in entries:
            self.entry(device, text, word.id)

    def entry(self, device: str, text: str, word: str | None) -> None:
        arrival = self._next()
        self.session.add(
            Entry(
                event_id=self.event_id,
                device=device,
                submission=str(arrival),
                word_id=word,
                text=text,
                arrival=arrival,
            )
        )


def imported(session: Session) -> Event:
    return import_plan(session, read_plan(EXAMPLE.read_bytes()), rehearsal=False)


def spend_the_evening(session: Session) -> None:
    event = imported(session)
    event.attendees, event.institutions, event.phase = 82, 16, Phase.closed
    evening = Evening(session, event)
    evening.dot("anna", "umweltberatung", True)
    evening.dot("bela", "umweltberatung", False)
    evening.dot("cem", "umweltberatung", True, Source.tablet)
    evening.dot("dora", "umweltberatung", False, Source.tablet)
    evening.dot("anna", "gruenpatenschaften", False)
    evening.dot("emil", "gruenpatenschaften", None)  # taken back: emil was never there
    evening.dot("anna", "ehrenamtskarte", True)
    evening.paper("umweltberatung", 5, 2)
    notices = evening.card("bela", 1, "Mehr Aushänge im Hausflur", "umweltberatung")
    evening.support(notices, "anna", "cem")
    evening.card("anna", 1, "Am Kiosk werben")
    evening.card("anna", 2, "Kurse im Stadtteilbüro")
    evening.card("fred", 1, "Eine Beleidigung", state=State.hidden)
    evening.card("gina", 1, "", state=State.withdrawn)
    evening.card("anna", 1, "Noch nicht gelesen", state=State.waiting)
    evening.word(State.approved, ("anna", "Spannend"), ("bela", "spannend!"), ("bela", "Spannend"))
    evening.word(State.approved, ("cem", "gut vernetzt"))
    evening.word(State.approved, ("dora", "Aufbruch"))
    evening.word(State.hidden, ("hedi", "doof"))
    evening.word(State.waiting, ("anna", "na ja"))
    evening.entry("ida", "", None)  # withdrawn


def document_the_evening(session: Session) -> None:
    """What is added the day after, to an evening that was spent: groups, sentences, photos, a logo."""
    event = session.exec(select(Event)).one()
    assert event.id is not None
    island = session.get_one(Island, (event.id, 1))
    island.key_sentence, island.note = "Sichtbar werden!", "Viele kannten die Beratung nicht."
    series = session.get_one(Series, event.series_id)
    series.accent = "#0f6f68"
    session.add(Logo(series_id=event.series_id, media_type="image/png", content=picture("PNG")))
    notices = CardGroup(
        event_id=event.id,
        id="notices",
        position=1,
        title="Aushänge und Werbung",
        outcome="Material",
        department="Bereich 2-2 Umwelt",
        progress=Progress.planned,
        reason="im Haushalt 2024",
    )
    session.add(CardGroup(event_id=event.id, id="nobody", position=2, title="Noch offen"))
    session.add(notices)
    session.flush()
    for text in ("Mehr Aushänge im Hausflur", "Kurse im Stadtteilbüro"):
        card = session.exec(select(Card).where(Card.text == text)).one()
        session.add(GroupedCard(event_id=event.id, card_id=card.id, group_id="notices"))
    for number, (island_number, caption) in enumerate(
        [(None, "Der Saal"), (1, "Die Pinnwand"), (1, "")]
    ):
        session.add(
            Photo(
                event_id=event.id,
                id=f"photo-{9 - number}",
                island_number=island_number,
                position=number,
                caption=caption,
                media_type="image/jpeg",
                width=60,
                height=40,
                content=picture("JPEG", hue=number),
            )
        )


def picture(kind: str, hue: int = 0) -> bytes:
    """60 x 40 pixels in one of three colours."""
    file = io.BytesIO()
    colour = [(15, 111, 104), (178, 58, 23), (122, 75, 20)][hue]
    Image.new("RGB", (60, 40), colour).save(file, kind)
    return file.getvalue()


def spend_a_hostile_evening(session: Session) -> None:
    event = imported(session)
    evening = Evening(session, event)
    for number, text in enumerate(HOSTILE + HARMLESS):
        evening.card(f"device {number}", 1, text)
        word = f"word {number}"
        evening.session.add(
            Word(
                event_id=evening.event_id,
                id=word,
                key=word,
                state=State.approved,
                arrival=number,
            )
        )
        session.flush()
        evening.entry(f"device {number}", text, word)
    island = session.exec(select(Island).where(Island.number == 1)).one()
    offer = session.exec(select(Offer).where(Offer.key == "umweltberatung")).one()
    island.title, offer.title = "=cmd|' /C calc'!A0", "@evil"
    event.title = "=event"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(Settings(data=tmp_path / "data"))
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def read(database: Database) -> Callable[[], Report]:
    def read_now() -> Report:
        with database.read() as session:
            return read_report(session, session.exec(select(Event)).one())

    return read_now


@pytest.fixture
def untouched(database: Database, read: Callable[[], Report]) -> Report:
    """The plan as imported: nobody has answered yet."""
    database.write(imported)
    return read()


@pytest.fixture
def report(database: Database, read: Callable[[], Report]) -> Report:
    database.write(spend_the_evening)
    return read()


@pytest.fixture
def documented(database: Database, report: Report, read: Callable[[], Report]) -> Report:
    """The evening with what was added the day after."""
    database.write(document_the_evening)
    return read()


@pytest.fixture
def hostile(database: Database, read: Callable[[], Report]) -> Report:
    """Cards, words, an island's and an offer's title that a spreadsheet might run."""
    database.write(spend_a_hostile_evening)
    return read()


@pytest.fixture
def hostile_texts() -> list[str]:
    return HOSTILE


@pytest.fixture
def harmless_texts() -> list[str]:
    return HARMLESS


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Database]:
    """Spent and documented; for tests that change nothing."""
    folder = tmp_path_factory.mktemp("documentation")
    shutil.copy(migrated, folder)
    database = Database(Settings(data=folder))
    database.write(spend_the_evening)
    database.write(document_the_evening)
    yield database
    database.close()


@pytest.fixture(scope="module")
def reported(evening: Database) -> Report:
    with evening.read() as session:
        return read_report(session, session.exec(select(Event)).one())


@pytest.fixture(scope="module")
def photographed(evening: Database) -> Pictures:
    with evening.read() as session:
        return read_pictures(session, session.exec(select(Event)).one())
