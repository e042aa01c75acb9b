"""What an attendee sends over HTTP: statuses, shapes, refusals, exactly once."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from app.feedback.models import Card, Dot, Entry, State
from app.planning.models import Offer
from tests.conftest import StartServer
from tests.forms import Page
from tests.running import EXAMPLE, Server, until

JSON = {"accept": "application/json"}
HTMX = {"hx-request": "true"}
PROBLEM = "application/problem+json"
OFFER, ISLAND = "umweltberatung", 1


def post(
    phone: httpx.Client, server: Server, path: str, fields: dict[str, Any], **headers: str
) -> httpx.Response:
    return phone.post(f"/e/{server.code}/{path}", data=fields, headers=JSON | headers)


# --- dots -----------------------------------------------------------------------------------------


def test_a_dot_answers_with_what_is_stored_now(hall: Server) -> None:
    phone = hall.phone()

    answers = [
        post(phone, hall, "dots", {"offer": OFFER, "knows": knows, "sequence": sequence})
        for knows, sequence in [("yes", 10), ("no", 11), ("no", 11), ("yes", 9), ("withdraw", 12)]
    ]

    assert [answer.status_code for answer in answers] == [200] * 5
    versions = [answer.json().pop("version") for answer in answers]
    assert versions == sorted(versions)
    shown = [
        {name: value for name, value in answer.json().items() if name != "version"}
        for answer in answers
    ]
    assert shown == [
        {"status": "counted", "offer": OFFER, "knows": "yes", "sequence": 10},
        {"status": "counted", "offer": OFFER, "knows": "no", "sequence": 11},
        {"status": "counted", "offer": OFFER, "knows": "no", "sequence": 11},
        {"status": "superseded", "offer": OFFER, "knows": "no", "sequence": 11},
        {"status": "counted", "offer": OFFER, "knows": None, "sequence": 12},
    ]


def test_a_json_body_is_taken_and_answered_with_json(hall: Server) -> None:
    answer = hall.phone().post(
        f"/e/{hall.code}/dots", json={"offer": OFFER, "knows": "yes", "sequence": 3}
    )

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["sequence"] == 3


def test_a_plain_form_goes_back_to_the_offer(hall: Server) -> None:
    answer = hall.phone().post(f"/e/{hall.code}/dots", data={"offer": OFFER, "knows": "yes"})

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/e/{hall.code}/{ISLAND}#offer-{OFFER}"


def test_htmx_gets_only_the_offer_that_changed(hall: Server) -> None:
    answer = hall.phone().post(
        f"/e/{hall.code}/dots", data={"offer": OFFER, "knows": "yes"}, headers=HTMX
    )

    assert answer.status_code == 200
    assert "<html" not in answer.text
    (form,) = Page(answer).all("/dots", offer=OFFER)
    assert "withdraw" in [value for _, value in form.buttons]


def test_a_double_tap_is_one_dot(hall: Server) -> None:
    """C01"""
    phone = hall.phone()
    before = hall.live()["totals"]["yes"]

    with ThreadPoolExecutor(2) as two_thumbs:
        answers = list(
            two_thumbs.map(
                lambda _: post(
                    phone, hall, "dots", {"offer": OFFER, "knows": "yes", "sequence": 5}
                ),
                range(2),
            )
        )

    assert [answer.json()["status"] for answer in answers] == ["counted", "counted"]
    until(lambda: hall.live()["totals"]["yes"] == before + 1)


def test_two_tabs_of_a_browser_agree(hall: Server) -> None:
    """C04"""
    tab = hall.phone()
    other = hall.client(cookies=dict(tab.cookies))

    post(tab, hall, "dots", {"offer": OFFER, "knows": "yes"})
    post(other, hall, "dots", {"offer": OFFER, "knows": "no"})

    pages = [one.get(f"/e/{hall.code}/{ISLAND}").text for one in (tab, other)]
    assert without_submissions(pages[0]) == without_submissions(pages[1])
    answer = post(tab, hall, "dots", {"offer": OFFER, "knows": "yes", "sequence": 1})
    assert answer.json()["knows"] == "no"


def without_submissions(page: str) -> list[Any]:
    return [
        (form.action, {k: v for k, v in form.fields.items() if k != "submission"}, form.buttons)
        for form in Page(httpx.Response(200, text=page, request=httpx.Request("GET", "/"))).forms
    ]


def test_a_cleared_cookie_is_a_new_device_and_no_error(hall: Server) -> None:
    """C14"""
    phone = hall.phone()
    before = hall.live()["devices"]
    post(phone, hall, "dots", {"offer": OFFER, "knows": "yes"})
    phone.cookies.clear()

    assert phone.get(f"/e/{hall.code}/{ISLAND}").status_code == 200
    answer = post(phone, hall, "dots", {"offer": OFFER, "knows": "yes"})

    assert answer.status_code == 200
    until(lambda: hall.live()["devices"] == before + 2)


def test_looking_creates_no_device_and_no_dot(start_server: StartServer) -> None:
    """C18: link previews fetch pages, follow links, and never press a button."""
    server = start_server()
    preview = server.client(headers={"user-agent": "WhatsApp/2.23"})

    statuses = [
        preview.get(path).status_code
        for path in ("/", f"/e/{server.code}", f"/e/{server.code}/3", f"/e/{server.code}/live",
                     f"/E/{server.code.lower()}/3")
    ]  # fmt: skip

    assert statuses == [200] * 5
    assert server.live()["devices"] == 0
    with server.reading() as session:
        assert [list(session.exec(select(table))) for table in (Dot, Card, Entry)] == [[], [], []]


# --- cookies --------------------------------------------------------------------------------------


@pytest.mark.parametrize("cookie", ["", "device=forged.AAAA.sig", "device=", "device=" + "x" * 500])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("dots", {"offer": OFFER, "knows": "yes"}),
        ("cards", {"island": "1", "text": "a", "submission": "1"}),
        ("words", {"text": "a", "submission": "1"}),
    ],
)
def test_a_post_without_a_valid_cookie_is_refused_and_brings_one(
    hall: Server, cookie: str, path: str, fields: dict[str, str]
) -> None:
    """C15, S02"""
    client = hall.client(headers={"cookie": cookie} if cookie else {})

    answer = client.post(f"/e/{hall.code}/{path}", data=fields)

    assert answer.status_code == 403
    assert "Cookie" in Page(answer).text
    given = answer.headers["set-cookie"]
    assert given.startswith("device=")
    assert {part.strip().split("=")[0].lower() for part in given.split(";")[1:]} == {
        "httponly", "max-age", "path", "samesite",
    }  # fmt: skip
    assert "samesite=lax" in given.lower()
    max_age = next(p for p in given.lower().split("; ") if p.startswith("max-age="))
    assert 0 < int(max_age.removeprefix("max-age=")) <= 12 * 3600


def test_after_the_refusal_the_same_browser_is_taken(hall: Server) -> None:
    client = hall.client()
    assert post(client, hall, "dots", {"offer": OFFER, "knows": "yes"}).status_code == 403

    assert post(client, hall, "dots", {"offer": OFFER, "knows": "yes"}).status_code == 200


def test_the_cookie_comes_once_and_stays(hall: Server) -> None:
    client = hall.client()

    first = client.get(f"/e/{hall.code}")
    second = client.get(f"/e/{hall.code}/2")

    assert "set-cookie" in first.headers
    assert "set-cookie" not in second.headers


def test_behind_https_the_cookie_is_secure(start_server: StartServer) -> None:
    server = start_server(public_url="https://cafe.example.org/")

    given = server.client().get(f"/e/{server.code}").headers["set-cookie"]

    assert "secure" in given.lower().split("; ")


# --- cards and words ------------------------------------------------------------------------------


def test_a_card_whose_answer_was_lost_is_sent_again_and_is_one_card(hall: Server) -> None:
    """C03"""
    phone = hall.phone()
    card = {"island": "2", "offer": "vhs-grundbildung", "text": "Abends öffnen", "submission": "x1"}

    answers = [post(phone, hall, "cards", card) for _ in range(3)]

    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (200, {"status": "received", "submission": "x1", "state": "waiting"})
    ] * 3
    with hall.reading() as session:
        texts = [card.text for card in session.exec(select(Card).where(Card.submission == "x1"))]
    assert texts == ["Abends öffnen"]


def test_own_cards_can_be_withdrawn_and_only_own_ones(hall: Server) -> None:
    phone, stranger = hall.phone(), hall.phone()
    post(phone, hall, "cards", {"island": "2", "text": "Geheimnis", "submission": "x2"})

    refused = post(stranger, hall, "cards/x2/withdrawal", {})
    answers = [post(phone, hall, "cards/x2/withdrawal", {}) for _ in range(2)]

    assert refused.status_code == 404
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (200, {"status": "received", "submission": "x2", "state": "withdrawn"})
    ] * 2
    with hall.reading() as session:
        (card,) = session.exec(select(Card).where(Card.submission == "x2"))
        assert (card.text, card.state) == ("", State.withdrawn)


def test_a_card_form_goes_back_to_the_cards_of_its_island(hall: Server) -> None:
    phone = hall.phone()
    fields = {"island": "2", "offer": "", "text": "Länger auf", "submission": "x3"}

    answer = phone.post(f"/e/{hall.code}/cards", data=fields)
    fragment = phone.post(f"/e/{hall.code}/cards", data=fields, headers=HTMX)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/e/{hall.code}/2#cards")
    assert fragment.status_code == 200
    assert "<html" not in fragment.text
    assert Page(fragment).text.count("Länger auf") == 1
    assert Page(fragment).form("/cards").fields["submission"] != "x3"


def test_a_card_on_an_offer_of_another_island_is_not_acceptable(hall: Server) -> None:
    fields = {"island": "2", "offer": OFFER, "text": "a", "submission": "x4"}

    answer = post(hall.phone(), hall, "cards", fields)

    assert (answer.status_code, answer.json()["field"]) == (422, "offer")


def test_an_approved_card_is_supported_once_by_others(hall: Server) -> None:
    author, other = hall.phone(), hall.phone()
    post(author, hall, "cards", {"island": "5", "text": "Dolmetscher vor Ort", "submission": "x5"})
    with hall.reading() as session:
        (card,) = session.exec(select(Card).where(Card.submission == "x5"))
    assert post(other, hall, f"cards/{card.id}/support", {"support": "yes"}).status_code == 404
    approved = hall.desk().post(
        f"/moderate/{hall.code}/cards/{card.id}/approval", data={"version": "1"}, headers=JSON
    )
    assert approved.status_code == 200, approved.text

    for _ in range(2):
        answer = post(other, hall, f"cards/{card.id}/support", {"support": "yes"})
        assert answer.status_code == 200
    own = post(author, hall, f"cards/{card.id}/support", {"support": "yes"})
    wrong = post(other, hall, f"cards/{card.id}/support", {"support": "maybe"})

    assert (own.status_code, own.json()["field"]) == (422, "support")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "support")

    def supports() -> int:
        shown = {each["id"]: each["supports"] for each in hall.live()["cards"]}
        return int(shown.get(card.id, -1))  # it may take a tick until it is there

    until(lambda: supports() == 1)
    post(other, hall, f"cards/{card.id}/support", {"support": "no"})
    until(lambda: supports() == 0)


def test_words_are_two_a_device_and_can_be_withdrawn(start_server: StartServer) -> None:
    server = start_server(limits=False, phase="cloud")
    phone = server.phone()

    def send(text: str, submission: str) -> httpx.Response:
        return post(phone, server, "words", {"text": text, "submission": submission})

    first, again = send("bunt", "w1"), send("bunt", "w1")
    second, third = send("laut", "w2"), send("viel", "w3")
    withdrawn = post(phone, server, "words/w1/withdrawal", {})
    afterwards = send("viel", "w3")

    assert first.json() == {"status": "received", "submission": "w1", "state": "approved"}
    assert again.json() == first.json()
    assert second.status_code == 200
    assert (third.status_code, third.json()["field"]) == (422, "text")
    assert withdrawn.json()["state"] == "withdrawn"
    assert afterwards.status_code == 200
    until(lambda: server.live()["totals"]["words"] == 2)
    held = post(server.phone(), server, "words", {"text": "Depp", "submission": "w1"})
    assert held.json()["state"] == "waiting"


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "fields", "status", "field"),
    [
        ("dots", {"offer": "gone", "knows": "yes"}, 404, None),
        ("dots", {"offer": "-1", "knows": "yes"}, 404, None),
        ("dots", {"offer": str(2**63), "knows": "yes"}, 404, None),
        ("dots", {"offer": ["a"], "knows": "yes"}, 404, None),
        ("dots", {"offer": {"a": "b"}, "knows": "yes"}, 404, None),
        ("dots", {"knows": "yes"}, 404, None),
        ("dots", {"offer": OFFER}, 422, "knows"),
        ("dots", {"offer": OFFER, "knows": "maybe"}, 422, "knows"),
        ("dots", {"offer": OFFER, "knows": True}, 422, "knows"),
        ("dots", {"offer": OFFER, "knows": ["yes"]}, 422, "knows"),
        ("dots", {"offer": OFFER, "knows": {}}, 422, "knows"),
        ("dots", {"offer": OFFER, "knows": "yes", "sequence": -1}, 422, "sequence"),
        ("dots", {"offer": OFFER, "knows": "yes", "sequence": 2**63}, 422, "sequence"),
        ("dots", {"offer": OFFER, "knows": "yes", "sequence": 1.5}, 422, "sequence"),
        ("dots", {"offer": OFFER, "knows": "yes", "sequence": True}, 422, "sequence"),
        ("dots", {"offer": OFFER, "knows": "yes", "sequence": "1e3"}, 422, "sequence"),
        ("dots", {"offer": OFFER, "knows": "yes", "sequence": "²"}, 422, "sequence"),
        ("dots", {"offer": OFFER, "knows": "yes", "sequence": [1]}, 422, "sequence"),
        ("cards", {"island": "99", "text": "a", "submission": "1"}, 404, None),
        ("cards", {"island": 2**63, "text": "a", "submission": "1"}, 404, None),
        ("cards", {"island": -1, "text": "a", "submission": "1"}, 404, None),
        ("cards", {"island": "eins", "text": "a", "submission": "1"}, 422, "island"),
        ("cards", {"text": "a", "submission": "1"}, 422, "island"),
        ("cards", {"island": "1", "submission": "1"}, 422, "text"),
        ("cards", {"island": "1", "text": "\u200b", "submission": "1"}, 422, "text"),
        ("cards", {"island": "1", "text": ["a"], "submission": "1"}, 422, "text"),
        ("cards", {"island": "1", "text": "a" * 281, "submission": "1"}, 422, "text"),
        ("cards", {"island": "1", "text": "a", "submission": "ä"}, 422, "submission"),
        ("cards", {"island": "1", "text": "a", "submission": ""}, 422, "submission"),
        ("cards", {"island": "1", "text": "a", "submission": "x" * 65}, 422, "submission"),
        ("cards", {"island": "1", "text": "a", "submission": 7}, 422, "submission"),
        ("cards/%00/withdrawal", {}, 422, "submission"),
        ("cards/none/withdrawal", {}, 404, None),
        ("cards/none/support", {"support": "yes"}, 404, None),
        ("words", {"text": "eins zwei drei", "submission": "1"}, 422, "text"),
        ("words", {"text": "www.example.org", "submission": "1"}, 422, "text"),
    ],
)
def test_what_does_not_fit_is_refused_by_field_and_not_repeated(
    hall: Server, path: str, fields: dict[str, Any], status: int, field: str | None
) -> None:
    """I11, I12: 404 or 422, as problem+json (RFC 9457)."""
    answer = hall.phone().post(f"/e/{hall.code}/{path}", json=fields)

    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    problem = answer.json()
    assert (problem["status"], problem.get("field"), problem["type"]) == (
        status, field, "about:blank",
    )  # fmt: skip
    assert problem["title"] != ""
    assert len(answer.content) < 300
    assert problem.keys() <= {"type", "title", "status", "field", "detail"}


def test_an_offer_of_another_event_is_unknown_here(start_server: StartServer) -> None:
    """I12: nothing crosses events."""
    server = start_server()
    plan = server.data.parent / "other.toml"
    text = EXAMPLE.read_text("utf-8").replace('key = "mitte-styrum-2023"', 'key = "other"', 1)
    plan.write_text(text.replace('"sozialnavigator"', '"only-elsewhere"'), "utf-8")
    imported = server.run("import", str(plan), "--json")
    assert imported.returncode == 0, imported.stderr
    other = json.loads(imported.stdout)["code"]
    server.ask("phase", event=other, phase="cafe")

    here = server.phone()
    answers = [
        here.post(f"/e/{code}/dots", data={"offer": offer, "knows": "yes"}, headers=JSON)
        for code, offer in [(server.code, "only-elsewhere"), (other, "sozialnavigator")]
    ]
    right = here.post(
        f"/e/{other}/dots", data={"offer": "only-elsewhere", "knows": "yes"}, headers=JSON
    )

    assert [answer.status_code for answer in answers] == [404, 404]
    assert right.status_code == 200
    assert server.live()["totals"]["yes"] == 0


@pytest.mark.parametrize("phase", ["setup", "cafe", "closed"])
def test_what_is_not_open_in_a_phase_is_a_conflict(hall: Server, phase: str) -> None:
    phone = hall.phone()
    hall.enter(phase)
    try:
        dot = post(phone, hall, "dots", {"offer": OFFER, "knows": "yes"})
        word = post(phone, hall, "words", {"text": "gut", "submission": "1"})
        page = phone.post(f"/e/{hall.code}/words", data={"text": "gut", "submission": "1"})
        fragment = phone.post(
            f"/e/{hall.code}/words", data={"text": "gut", "submission": "1"}, headers=HTMX
        )
    finally:
        hall.enter("cafe")

    assert dot.status_code == (200 if phase == "cafe" else 409)
    assert (word.status_code, word.headers["content-type"]) == (409, PROBLEM)
    assert page.status_code == 409
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert word.json()["title"] in Page(page).text
    assert fragment.status_code == 409
    assert "<html" not in fragment.text
    assert word.json()["title"] in Page(fragment).text


def test_in_setup_the_addresses_say_not_yet_open(start_server: StartServer) -> None:
    server = start_server(phase="setup")

    pages = [server.client().get(path) for path in (f"/e/{server.code}", f"/e/{server.code}/3")]

    assert [page.status_code for page in pages] == [200] * 2
    assert ["noch nicht geöffnet" in Page(page).text.lower() for page in pages] == [True] * 2
    assert server.client().get(f"/e/{server.code}/live").status_code == 200


def test_a_retired_offer_or_island_is_gone_with_a_kind_sentence(start_server: StartServer) -> None:
    server = start_server()
    phone = server.phone()
    page = Page(phone.get(f"/e/{server.code}/7"))
    text = EXAMPLE.read_text("utf-8")
    without = server.data.parent / "without.toml"
    islands = text.split("[[islands]]")
    kept = [part for part in islands if "number = 12" not in part]
    assert len(kept) == len(islands) - 1
    kept = [part.replace('key = "sozialnavigator"', 'key = "navigator-neu"') for part in kept]
    without.write_text("[[islands]]".join(kept), "utf-8")
    assert server.run("import", str(without)).returncode == 0

    plain = page.form("/dots", offer="sozialnavigator").submit(phone, "yes")
    dot = post(phone, server, "dots", {"offer": "sozialnavigator", "knows": "yes"})
    of_island = post(phone, server, "dots", {"offer": "streetwork", "knows": "yes"})
    card = post(phone, server, "cards", {"island": "12", "text": "a", "submission": "1"})
    island = phone.get(f"/e/{server.code}/12")

    assert [answer.status_code for answer in (plain, dot, of_island, card, island)] == [410] * 5
    assert "Danke" in Page(plain).text
    new = post(phone, server, "dots", {"offer": "navigator-neu", "knows": "yes"})
    assert new.status_code == 200, "a running server knows the new offer at once"
    with server.reading() as session:
        retired = session.exec(select(Offer.is_retired).where(Offer.key == "sozialnavigator"))
        assert list(retired) == [True]


@pytest.mark.parametrize(
    "path", ["/e/ZZZZZZ", "/e/ZZZZZZ/1", "/e/ZZZZZZ/live.json", "/e/x", "/e/%00"]
)
def test_an_unknown_code_is_not_found(hall: Server, path: str) -> None:
    assert hall.client().get(path).status_code == 404
    assert hall.client().get(path, headers=JSON).headers["content-type"] == PROBLEM


@pytest.mark.parametrize("number", ["99", "0", str(2**63), "1.5", "-1"])
def test_an_unknown_island_is_not_found(hall: Server, number: str) -> None:
    assert hall.client().get(f"/e/{hall.code}/{number}").status_code == 404


def test_codes_are_taken_however_they_are_typed(hall: Server) -> None:
    client = hall.client()
    typed = f" {hall.code[:3].lower()}-{hall.code[3:].lower()} "

    answers = [client.post("/join", data={"code": code}) for code in (hall.code, typed)]
    wrong = client.post("/join", data={"code": "ZZZZZZ"})
    upper = client.get(f"/E/{hall.code}/7".upper())
    lower = client.get(f"/e/{hall.code}/7".lower())

    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer.headers["location"] for answer in answers} == {f"/e/{hall.code}"}
    assert wrong.status_code == 404
    assert len(Page(wrong).all("/join")) == 1
    assert (upper.status_code, lower.status_code) == (200, 200)


# --- language -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        (None, None, "de"),
        (None, "en", "en"),
        (None, "fr, en-GB;q=0.8, de;q=0.5", "en"),
        (None, "fr", "de"),
        (None, "en;q=0, de", "de"),
        (None, "en;q=junk", "de"),
        ("en", "de", "en"),
        ("de", "en", "de"),
        ("xx", "en", "en"),
    ],
)
def test_language_is_the_switch_else_the_browsers_else_the_events(
    hall: Server, chosen: str | None, accepted: str | None, language: str
) -> None:
    client = hall.client(headers={"accept-language": accepted or ""})
    if chosen:
        client.cookies.set("language", chosen)

    (html,) = [
        attributes for tag, attributes in Page(client.get(f"/e/{hall.code}")).tags if tag == "html"
    ]

    assert html["lang"] == language


def test_the_wall_speaks_the_events_language(hall: Server) -> None:
    answer = hall.client(headers={"accept-language": "en"}).get(f"/e/{hall.code}/live")

    assert (
        next(attributes for tag, attributes in Page(answer).tags if tag == "html")["lang"] == "de"
    )


def test_the_switch_is_a_form_that_leads_back(hall: Server) -> None:
    client = hall.client(headers={"accept-language": "de"})
    page = Page(client.get(f"/e/{hall.code}/3"))

    answer = page.form("/language").submit(client, "en")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/e/{hall.code}/3")
    html = next(a for t, a in Page(client.get(f"/e/{hall.code}/3")).tags if t == "html")
    assert html["lang"] == "en"


# --- what was kept on a phone ---------------------------------------------------------------------


def test_what_is_of_an_older_epoch_is_refused_for_good(hall: Server) -> None:
    """Kept on a phone since before the rehearsal was wiped."""
    phone = hall.phone()
    epoch = re.findall(r'data-epoch="(\d+)"', phone.get(f"/e/{hall.code}/1").text)[0]
    dot = {"offer": OFFER, "knows": "yes"}

    old = post(phone, hall, "dots", dot | {"epoch": str(int(epoch) - 1)})
    now = post(phone, hall, "dots", dot | {"epoch": epoch})

    assert (old.status_code, old.headers.get("retry-after")) == (409, None)
    assert now.status_code == 200


def test_a_pause_is_waited_for_and_an_end_is_not(start_server: StartServer) -> None:
    server = start_server(phase="setup")
    phone, dot = server.phone(), {"offer": OFFER, "knows": "yes"}

    early = post(phone, server, "dots", dot)
    server.enter("closed")
    late = post(phone, server, "dots", dot)

    assert (early.status_code, early.headers.get("retry-after")) == (409, "15")
    assert (late.status_code, late.headers.get("retry-after")) == (409, None)


def test_a_form_sent_again_with_another_text_is_another_card(server: Server) -> None:
    """C05. After "back", or when the answer was lost: neither text may vanish behind the other."""
    phone = server.phone()
    phone.follow_redirects = True
    form = Page(phone.get(f"/e/{server.code}/3")).form("/cards")

    for text in ("Ein Plakat", "Ein Plakat am Bahnhof", "Ein Plakat", "Ein Plakat am Bahnhof"):
        assert form.submit(phone, text=text).status_code == 200

    with server.reading() as session:
        texts = [card.text for card in session.exec(select(Card).order_by(col(Card.arrival)))]
    assert texts == ["Ein Plakat", "Ein Plakat am Bahnhof"]
