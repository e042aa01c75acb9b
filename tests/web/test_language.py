"""Which language a visitor reads, and what an answer says about its own."""

import pytest
from httpx import Response

from app.feedback.spoken import plan_texts
from app.planning.models import Event, Island, Offer
from tests.forms import Page
from tests.running import Server

SIMPLE = {"cookie": "language=simple"}


def languages_on(answer: Response) -> list[tuple[str, str]]:
    """(language, its tag) of each button of the switch."""
    return [
        (attributes["value"], attributes["lang"])
        for tag, attributes in Page(answer).tags
        if tag == "button" and attributes.get("name") == "language"
    ]


def spoken_on(answer: Response) -> tuple[str, str]:
    """What the page and what its headers say."""
    html = next(attributes for tag, attributes in Page(answer).tags if tag == "html")
    return html["lang"], answer.headers["content-language"]


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("de-simple, en;q=0.5", "de"),
        ("simple, en;q=0.5", "en"),
        ("en-GB", "en"),
        ("fr", "de"),
    ],
)
def test_a_browsers_wish_never_brings_leichte_sprache(
    hall: Server, wish: str, language: str
) -> None:
    answer = hall.client(headers={"accept-language": wish}).get(f"/e/{hall.code}/2")

    assert spoken_on(answer) == (language, language)
    assert {"accept-language", "cookie"} <= set(answer.headers["vary"].lower().split(", "))


@pytest.mark.parametrize("path", ["/", "/e/{code}", "/e/{code}/2", "/privacy", "/e/ABCDEF", "/x"])
def test_an_attendee_may_choose_leichte_sprache_everywhere(hall: Server, path: str) -> None:
    answer = hall.client(headers=SIMPLE).get(path.format(code=hall.code))

    assert spoken_on(answer) == ("de-simple", "de-simple")
    assert languages_on(answer) == [("de", "de"), ("simple", "de-simple"), ("en", "en")]


def test_those_who_plan_read_german_instead(hall: Server) -> None:
    answer = hall.client(headers=SIMPLE).get("/sign-in")

    assert spoken_on(answer) == ("de", "de")
    assert languages_on(answer) == [("de", "de"), ("en", "en")]


def test_the_wall_speaks_the_events_language(hall: Server) -> None:
    answer = hall.client(headers=SIMPLE).get(f"/e/{hall.code}/live")

    assert spoken_on(answer) == ("de", "de")


def test_a_refusal_comes_in_leichte_sprache(hall: Server) -> None:
    client = hall.client(headers={**SIMPLE, "accept": "application/json"})

    answer = client.get("/e/ABCDEF")

    assert answer.json()["title"] == (
        "Diesen Code kennen wir nicht.\nDen richtigen Code finden Sie auf dem Plakat."
    )


def test_a_wrong_code_can_be_read_in_another_language(hall: Server) -> None:
    """The page answers a POST: the switch leads back to where a code is typed."""
    client = hall.client()
    wrong = Page(client.post("/join", data={"code": "ABCDEF"}))

    answer = wrong.form("/language").submit(client, "simple")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_simple_texts_come_first_then_german_then_what_was_planned() -> None:
    english = plan_texts("simple", "en-GB")
    island = Island(title="Parents", text="Welcome", texts={"de": {"title": "Eltern"}})
    offer = Offer(
        title="Café",
        description="Every Tuesday from 9 to 11, just come.",
        texts={"simple": {"description": "A meeting."}, "de": {"description": "Jeden Dienstag."}},
    )

    assert [
        (str(english["lang"](row, field)), english["text"](row, field))
        for row, field in [(offer, "description"), (island, "title"), (island, "text")]
    ] == [
        ('lang="en-simple"', "A meeting."),
        ('lang="de"', "Eltern"),
        ('lang="en-GB"', "Welcome"),
    ]


def test_a_planned_text_keeps_its_direction_on_a_page_that_runs_the_other_way() -> None:
    event = Event(title="Expert*innendialog", texts={"he": {"title": "שיחה"}})

    assert [
        str(plan_texts(language, "de")["lang"](event, "title")) for language in ("de", "ar", "he")
    ] == ['lang="de"', 'lang="de" dir="ltr"', 'lang="he"']
