"""A data folder as the first program left it: the tables of migration 0001, filled by plain SQL.

None of today's models may be used here: their columns are not those of that time.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from argon2 import PasswordHasher
from itsdangerous import Signer, TimestampSigner
from sqlalchemy import Connection, text

from app.people.devices import hash_of
from app.sqlite import sqlite_engine
from tests.running import PLANNERS_PASSWORD, ROOT

DEVICES, INVITATIONS, SECRET = b"d" * 32, b"i" * 32, b"s" * 32
TOKEN = "a-phone-of-that-time"
NOW = datetime.now(UTC).replace(second=0, microsecond=0, tzinfo=None)


@dataclass(frozen=True)
class Left:
    """What people of that time have in hand: a phone's cookie, a moderator's link, printed codes."""

    open_code: str = "K7M4QX"
    closed_code: str = "H3WP9A"
    device_cookie: str = (
        TimestampSigner(DEVICES, salt="device", digest_method=sha256).sign(TOKEN).decode()
    )
    invitation: str = (
        f"/invite/{Signer(INVITATIONS, salt='invitation', digest_method=sha256).sign('1').decode()}"
    )


def leave_first_database(data: Path) -> Left:
    """Two evenings of a series: one is in its café, one was closed yesterday."""
    data.mkdir()
    engine = sqlite_engine(f"sqlite:///{data / 'worldcafe.db'}", begin="BEGIN IMMEDIATE")
    config = Config(toml_file=ROOT / "pyproject.toml")
    left = Left()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        _fill(connection, left)
        connection.commit()
    engine.dispose()
    return left


def _fill(to: Connection, left: Left) -> None:
    hashed = PasswordHasher().hash(PLANNERS_PASSWORD)
    _insert(to, "planner", name="Ada", password_hash=hashed, set_up_nonce=None)
    _insert(to, "secret", name="devices", value=DEVICES)
    _insert(to, "secret", name="invitations", value=INVITATIONS)
    _insert(
        to, "series", key="dialoge", title="Dialoge im Sozialraum", organiser="Stadt", texts="{}"
    )
    _insert(to, "series_date", series_id=1, date="2023-05-09", district="Mitte/Styrum")
    _event(to, key="sterkrade", code=left.open_code, phase="cafe", district="Sterkrade")
    _event(to, key="mitte", code=left.closed_code, phase="closed", district="Mitte/Styrum")
    _insert(to, "invitation", event_id=1, role="moderator", island_number=None, revoked_at=None)
    for event in (1, 2):
        _evening(to, event)


def _event(to: Connection, *, key: str, code: str, phase: str, district: str) -> None:
    _insert(
        to, "event", series_id=1, key=key, code=code, title="Expert*innendialog", district=district,
        place="Aquarius", date="2023-05-09", locale="de", cafe_minutes=75, expected_attendees=80,
        attendees=62, institutions=31, know_question="Kennen Sie das Angebot?",
        card_question="Wie kann es bekannter werden?", word_question="Ein Wort zum Schluss?",
        introduction="Zum ersten Mal.", conclusion="Danke.", texts=json.dumps({"en": {"title": "Dialogue"}}),
        version=40, changed_at=NOW - timedelta(days=1), phase=phase, is_rehearsal=False, is_paused=False,
        is_revealed=True, has_curtain=False, scene_name="overview", scene_island=None,
        clock_remaining_s=3120, clock_started_at=None, card_approval="first", word_approval="at_once",
        device_secret=SECRET, epoch=1,
    )  # fmt: skip


def _evening(to: Connection, event: int) -> None:
    """Island 1 with two offers: 2 yes and 1 no of phones, 5 and 4 on paper; cards, a support, words."""
    devices = [hash_of(TOKEN, SECRET), hash_of("another", SECRET), hash_of("a third", SECRET)]
    _insert(
        to, "island", event_id=event, number=1, position=1, title="Wohnumfeld", text="Wie wir wohnen",
        texts=json.dumps({"en": {"title": "Where we live"}}), is_retired=False,
    )  # fmt: skip
    _insert(
        to, "contact", event_id=event, island_number=1, position=1, name="Umweltamt",
        url="https://example.org", mail="umwelt@example.org", phone="0208 1", texts="{}",
    )  # fmt: skip
    for position, (key, title) in enumerate(
        [("beratung", "Umweltberatung"), ("gaerten", "Gärten")]
    ):
        _insert(
            to, "offer", event_id=event, key=key, island_number=1, position=position, title=title,
            description="", scope="city", texts="{}", is_retired=False,
        )  # fmt: skip
    for device, knows in zip(devices, (True, True, False), strict=True):
        _insert(
            to, "dot", event_id=event, device=device, offer_key="beratung", knows=knows, sequence=7,
            source="phone",
        )  # fmt: skip
    _insert(to, "paper_count", event_id=event, offer_key="gaerten", yes=5, no=4, version=2)
    for number, (words, state) in enumerate(
        [
            ("Mehr Bänke", "approved"),
            ("Noch offen", "waiting"),
            ("Unfug", "hidden"),
            ("", "withdrawn"),
        ]
    ):
        _insert(
            to, "card", event_id=event, id=f"card{number}", island_number=1, offer_key="beratung",
            text=words, state=state, version=2, arrival=20 + number, received_at=NOW - timedelta(days=1),
            device=devices[0], submission=f"c{number}",
        )  # fmt: skip
    _insert(to, "support", event_id=event, card_id="card0", device=devices[1])
    word = sha256(b"spannend").hexdigest()[:12]
    _insert(
        to, "word", event_id=event, id=word, key="spannend", state="approved", version=1, arrival=30,
        x=812.5, y=430.0, size=96.0,
    )  # fmt: skip
    for number, device in enumerate(devices[:2]):
        _insert(
            to, "entry", event_id=event, device=device, submission=f"w{number}", word_id=word,
            text="Spannend", arrival=30 + number,
        )  # fmt: skip


def _insert(to: Connection, table: str, **values: Any) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    to.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)
