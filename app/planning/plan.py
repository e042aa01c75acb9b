"""An event as planners write it down: what a plan may say.

Nothing is guessed: a plan with an unknown key, a wrong type or a number given twice is refused as a
whole, with all its errors at once.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from app.planning.lines import Location
from app.planning.plan_errors import (
    SIBLINGS,
    PlanError,
    PlanErrors,
    Where,
    explained,
    plan_error,
    printable,
)
from app.planning.plan_fields import (
    Chapter,
    Day,
    Key,
    Locale,
    MailAddress,
    Name,
    Phone,
    Text,
    Title,
    WebAddress,
    is_language,
)
from app.web.catalogue import SIMPLE

__all__ = ["Plan", "PlanError", "PlanErrors", "checked"]

MAX_ISLANDS = 60
MAX_OFFERS = 400
NUMBERS = range(1, 1000)  # of islands

QUESTIONS = {
    "de": {
        "know_question": "Kennen Sie das Angebot?",
        "card_question": "Wie kann das Angebot bekannter gemacht werden?",
        "word_question": "Wie war die Veranstaltung? "
        "Beschreiben Sie Ihren Eindruck in 1–2 Wörtern.",
    },
    "en": {
        "know_question": "Do you know this offer?",
        "card_question": "How can more people get to know this offer?",
        "word_question": "How was the event? Describe your impression in 1–2 words.",
    },
    SIMPLE: {
        "know_question": "Kennen Sie das Angebot?",
        "card_question": "Wie lernen mehr Menschen das Angebot kennen?",
        "word_question": "Wie war die Veranstaltung? Schreiben Sie 1 oder 2 Wörter.",
    },
}


class Texts(TypedDict, total=False):
    """What can be said in another language, too: `title_en`, `description_simple`."""

    title: Title
    name: Title
    organiser: Name
    district: Name
    place: Name
    know_question: Title
    card_question: Title
    word_question: Title
    introduction: Chapter
    conclusion: Chapter
    text: Text
    description: Text


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _with_siblings(cls, table: object) -> object:
        if not isinstance(table, dict) or "texts" not in cls.model_fields:
            return table
        own: dict[str, Any] = {}
        texts: dict[str, dict[str, Any]] = {}
        for key, value in cls._completed(table).items():
            name, _, language = key.rpartition("_")
            if name in cls.model_fields and name in Texts.__annotations__ and is_language(language):
                texts.setdefault(language, {})[name] = value
            else:
                own[key] = value
        return {**own, SIBLINGS: texts}

    @classmethod
    def _completed(cls, table: dict[str, Any]) -> dict[str, Any]:
        return table


class PlannedDate(_Table):
    date: Day
    district: Title


class PlannedSeries(_Table):
    key: Key
    title: Title
    organiser: Name = ""
    dates: list[PlannedDate] = Field(default_factory=list, max_length=200)
    texts: dict[str, Texts] = Field(default_factory=dict, validation_alias=SIBLINGS)


class PlannedEvent(_Table):
    key: Key
    title: Title
    district: Name
    date: Day
    locale: Locale
    place: Name = ""
    wifi_name: Name = ""
    wifi_password: Name = ""
    cafe_minutes: int = Field(default=75, ge=1, le=600)
    expected_attendees: int = Field(default=80, ge=1, le=100_000)
    know_question: Title
    card_question: Title
    word_question: Title
    introduction: Chapter = ""
    conclusion: Chapter = ""
    texts: dict[str, Texts] = Field(default_factory=dict, validation_alias=SIBLINGS)

    @classmethod
    def _completed(cls, table: dict[str, Any]) -> dict[str, Any]:
        """With the usual questions where the plan asks none; those come in all languages. (Simple ones
        are German, so they go with German ones.)"""
        locale = str(table.get("locale"))
        usual = QUESTIONS.get(locale.partition("-")[0], QUESTIONS["de"])
        completed: dict[str, Any] = {**usual, **table}
        for language, questions in QUESTIONS.items():
            if language == SIMPLE and usual is not QUESTIONS["de"]:
                continue
            for name, question in questions.items():
                if question != usual[name] == completed[name]:
                    completed.setdefault(f"{name}_{language}", question)
        return completed


class PlannedContact(_Table):
    name: Title
    url: WebAddress = ""
    mail: MailAddress = ""
    phone: Phone = ""
    texts: dict[str, Texts] = Field(default_factory=dict, validation_alias=SIBLINGS)


class PlannedOffer(_Table):
    key: Key
    title: Title
    scope: Literal["city", "district"] = "city"
    description: Text = ""
    texts: dict[str, Texts] = Field(default_factory=dict, validation_alias=SIBLINGS)


class PlannedIsland(_Table):
    number: int = Field(ge=NUMBERS.start, le=NUMBERS[-1])
    title: Title
    text: Text = ""
    contacts: list[PlannedContact] = Field(default_factory=list, max_length=50)
    offers: list[PlannedOffer] = Field(default_factory=list)
    texts: dict[str, Texts] = Field(default_factory=dict, validation_alias=SIBLINGS)


class Plan(_Table):
    """Islands, contacts and offers stand in the order in which they are shown."""

    series: PlannedSeries
    event: PlannedEvent
    islands: list[PlannedIsland] = Field(min_length=1, max_length=MAX_ISLANDS)


def checked(data: dict[str, Any], places: Callable[[], Mapping[Location, Where]] = dict) -> Plan:
    """`data`, shaped as in the TOML file, as a plan; `places` is called when something is wrong and
    says in which line or cell each location stands. Raises PlanErrors.
    """
    found = list(_conflicts(data))
    invalid: list[ErrorDetails] = []
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        invalid = error.errors(include_url=False)
    if invalid or found:
        where = places()
        errors = [explained(each, Plan, data, where) for each in invalid]
        errors += [plan_error(kind, at, data, where, about) for kind, at, about in found]
        raise PlanErrors(errors)
    return plan


def _conflicts(data: dict[str, Any]) -> Iterator[tuple[str, Location, dict[str, object]]]:
    """What is wrong between islands or offers that may each be right; of data of any shape."""
    seen: dict[tuple[str, object], Location] = {}
    offers = [
        (("islands", at, "offers", index), offer)
        for at, island in _tables(data, "islands")
        for index, offer in _tables(island, "offers")
    ]
    islands = [(("islands", at), island) for at, island in _tables(data, "islands")]
    for name, tables in (("number", islands), ("key", offers)):
        for location, table in tables:
            value = table.get(name)
            if not isinstance(value, str | int) or isinstance(value, bool):
                continue
            if isinstance(value, int) and value not in NUMBERS:
                continue  # that is said, and Python prints no number of any length
            first = seen.setdefault((name, value), location)
            if first != location:
                about: dict[str, object] = {"value": printable(value), "first": first}
                yield "duplicate", (*location, name), about
    if len(offers) > MAX_OFFERS:
        yield "too_many_offers", offers[MAX_OFFERS][0], {"max_length": MAX_OFFERS}


def _tables(table: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    items = table.get(name)
    listed = items if isinstance(items, list) else []
    return [(index, item) for index, item in enumerate(listed) if isinstance(item, dict)]
