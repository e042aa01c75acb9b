"""An evening as big as FAULTS L12 names it: rows as the ledger leaves them, written in bulk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import Engine, Table, insert
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import Session, SQLModel

from app.cloud.normalise import key_of, word_id
from app.feedback.models import Card, Dot, Entry, State, Support, Word
from app.operations.rehearsal.corpus import CARDS as SAID
from app.planning.importing import import_plan
from app.planning.journal import Act
from app.planning.models import Event, Phase
from app.planning.plan_reading import read_plan
from app.results.followup.models import CardGroup, GroupedCard

ISLANDS, OFFERS_EACH, CARDS, WORDS = 40, 5, 20_000, 50_000
DEVICES = 10_000
GROUPS, GROUPED = 40, 4_000
ACTS = 5_000
NOW = datetime(2023, 8, 16, 17, 30, tzinfo=UTC)
STATES = ((7, State.approved), (9, State.waiting), (10, State.hidden))
"""Of ten cards the first seven, and so on."""
MERGED = 300  # spellings of the most frequent word, as a moderator put them together


def plan_text() -> str:
    """Of 40 islands with 5 offers each."""
    lines = [
        '[series]\nkey = "gross"\ntitle = "Die große Runde"\norganiser = "Stadt"',
        '[event]\nkey = "gross"\ntitle = "Der große Abend"\ndistrict = "Überall"',
        'date = 2023-08-16\nlocale = "de"\nexpected_attendees = 10000',
    ]
    for island in range(1, ISLANDS + 1):
        lines.append(f'[[islands]]\nnumber = {island}\ntitle = "Thema Nummer {island}"')
        lines.append('contacts = [{ name = "Stadt Oberhausen", mail = "amt@example.org" }]')
        offers = [
            f'  {{ key = "{offer_key(island, n)}", title = "Angebot {n} der Insel {island}",'
            ' scope = "city", description = "Beratung für alle, die im Stadtteil wohnen." },'
            for n in range(OFFERS_EACH)
        ]
        lines += ["offers = [", *offers, "]"]
    return "\n".join(lines)


def offer_key(island: int, number: int) -> str:
    return f"angebot-{island}-{number}"


def come_together(session: Session) -> Event:
    """The evening, still in its café: 14,000 cards approved, 4,000 waiting, 2,000 hidden; 50,000 different
    words, a hundred of which wait; 4,000 of the cards in 40 groups; a journal of 5,000 acts."""
    event = import_plan(session, read_plan(plan_text().encode()), rehearsal=False)
    assert event.id is not None
    event.phase = Phase.cafe
    event.version = CARDS + 2 * WORDS
    session.flush()
    arrivals = count(1)
    cards = [_card(event.id, number, next(arrivals)) for number in range(CARDS)]
    words, entries = _words(event.id, arrivals)
    _insert(session, Card, cards)
    _insert(session, Word, words)
    _insert(session, Entry, entries)
    _insert(session, Support, _supports(event.id, cards))
    _insert(session, Dot, _dots(event.id))
    _insert(session, CardGroup, [_group(event.id, number) for number in range(GROUPS)])
    approved = [card for card in cards if card["state"] == State.approved]
    grouped = [
        {"event_id": event.id, "card_id": card["id"], "group_id": f"group-{n % GROUPS}"}
        for n, card in enumerate(approved[:GROUPED])
    ]
    _insert(session, GroupedCard, grouped)
    acts = [_act(event.id, number, cards, words) for number in range(1, ACTS + 1)]
    _insert(session, Act, acts)
    return event


def _card(event_id: int, number: int, arrival: int) -> dict[str, object]:
    island = number % ISLANDS + 1
    text = f"{SAID[number % len(SAID)]} ({number})"
    if number % 50 == 0:
        text = f"{text} {'– und das auch noch ausführlich – ' * 9}"[:280]
    return {
        "event_id": event_id,
        "id": f"card-{number:05}",
        "island_number": island,
        "offer_key": offer_key(island, number % OFFERS_EACH) if number % 3 else None,
        "text": text,
        "state": next(s for most, s in STATES if number // ISLANDS % 10 < most),
        "is_highlighted": False,
        "version": 1,
        "arrival": arrival,
        "received_at": NOW,
        "device": _device(number % DEVICES),
        "submission": f"s-{number}",
        "source": "phone",
    }


def _words(
    event_id: int, arrivals: Iterator[int]
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    words, entries = [], []
    for number in range(WORDS):
        text = f"{SAID[number % len(SAID)].split()[0]} {number}"
        key = key_of(text)
        id = word_id(key)
        state = State.waiting if number % 500 == 250 else State.approved
        is_merged = 0 < number <= MERGED and state == State.approved
        words.append(
            {
                "event_id": event_id,
                "id": id,
                "key": key,
                "state": state,
                "merged_into": words[0]["id"] if is_merged else None,
                "renamed": None,
                "version": 1,
                "arrival": next(arrivals),
                "x": None,
                "y": None,
                "size": None,
            }
        )
        entries += [
            {
                "event_id": event_id,
                "device": _device((number * 7 + sender) % DEVICES),
                "submission": f"w-{number}-{sender}",
                "word_id": id,
                "text": text,
                "arrival": next(arrivals),
            }
            for sender in range(max(30 - number, 1))
        ]
    return words, entries


def _supports(event_id: int, cards: list[dict[str, object]]) -> list[dict[str, object]]:
    return [
        {"event_id": event_id, "card_id": card["id"], "device": _device(sender)}
        for number, card in enumerate(cards)
        for sender in range(number % 3)
    ]


def _dots(event_id: int) -> list[dict[str, object]]:
    """Of a hundred devices at every offer."""
    return [
        {
            "event_id": event_id,
            "device": _device(device),
            "offer_key": offer_key(island, number),
            "knows": (device + number) % 3 == 0,
            "sequence": device,
            "source": "phone",
        }
        for device in range(100)
        for island in range(1, ISLANDS + 1)
        for number in range(OFFERS_EACH)
    ]


def _group(event_id: int, number: int) -> dict[str, object]:
    return {
        "event_id": event_id,
        "id": f"group-{number}",
        "position": number,
        "title": f"Bekannter machen, Gruppe {number}",
        "outcome": "",
        "department": "Stadt Oberhausen",
        "progress": "open",
        "reason": "Das wurde an vielen Inseln gesagt.",
        "version": 1,
    }


def _act(
    event_id: int, number: int, cards: list[dict[str, object]], words: list[dict[str, object]]
) -> dict[str, object]:
    subject = (cards if number % 2 else words)[number]["id"]
    return {
        "event_id": event_id,
        "number": number,
        "at": NOW,
        "actor": "moderator 1",
        "name": "approval",
        "subject": subject,
        "details": {"before": "waiting", "after": "approved"},
    }


def _device(number: int) -> str:
    return f"device-{number:015}"


def _insert(session: Session, model: type[SQLModel], rows: list[dict[str, object]]) -> None:
    table: Table = model.__table__  # type: ignore[attr-defined]
    session.execute(insert(table), rows)


@contextmanager
def queries() -> Iterator[list[str]]:
    """All that is asked of any database in this process meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.append(statement)

    sqlalchemy_event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sqlalchemy_event.remove(Engine, "before_cursor_execute", note)
