"""The check-up in the browser: a phone answers a laptop's question, and what `doctor` says as a page."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from app.checkup.decoding import decoded
from app.checkup.reaching import KEPT_S, LATE_S, MOST, Reaching
from app.errors import Unknown
from tests.conftest import StartServer
from tests.running import Server, until


@pytest.fixture(scope="module")
def desk(hall: Server) -> httpx.Client:
    desk = hall.desk()
    desk.follow_redirects = True
    return desk


def asked(desk: httpx.Client, server: Server) -> tuple[str, str]:
    """The laptop's page, and the address that its code says."""
    page = desk.get(f"/moderate/{server.code}/reach")
    svg = re.search(r"<svg xmlns.*?</svg>", page.text, re.DOTALL)
    assert svg
    return str(page.url), decoded(svg[0])


def test_a_phone_answers_by_opening_what_the_code_says(hall: Server, desk: httpx.Client) -> None:
    laptop, address = asked(desk, hall)
    assert address.startswith(f"{hall.address}/reach/")
    assert "Warte auf Ihr Handy" in desk.get(laptop).text

    phone = hall.client().get(address)

    assert phone.status_code == 200
    assert "Erreicht!" in phone.text
    assert "Ihr Handy hat geantwortet" in desk.get(laptop).text


def test_a_page_that_shows_it_already_is_not_sent_it_again(
    hall: Server, desk: httpx.Client
) -> None:
    laptop, address = asked(desk, hall)
    heard = {"hx-request": "true"}
    assert desk.get(laptop, params={"shown": "waiting"}, headers=heard).status_code == 204
    hall.client().get(address.lower().replace(hall.address.lower(), ""))
    assert desk.get(laptop, params={"shown": "waiting"}, headers=heard).status_code == 200


def test_a_question_that_is_gone_is_asked_anew(hall: Server, desk: httpx.Client) -> None:
    assert hall.client().get("/reach/AAAAAA").status_code == 404
    again = desk.get(f"/moderate/{hall.code}/reach/AAAAAA")
    assert again.status_code == 200
    assert urlsplit(str(again.url)).path != f"/moderate/{hall.code}/reach/AAAAAA"


def test_a_foreign_host_header_is_in_no_code(hall: Server, desk: httpx.Client) -> None:
    """S08"""
    page = desk.get(f"/moderate/{hall.code}/reach", headers={"host": "evil.example"})
    assert "evil.example" not in page.text


def test_who_does_not_answer_in_time_is_helped_and_still_waited_for() -> None:
    reaching = Reaching()
    question = reaching.question(name := reaching.ask())
    states = [question.state]
    question.asked_at -= LATE_S
    states.append(question.state)
    reaching.answer(name.lower())
    states.append(question.state)
    assert states == ["waiting", "late", "answered"]

    question.asked_at -= KEPT_S
    with pytest.raises(Unknown):
        reaching.answer(name)


def test_old_questions_are_forgotten() -> None:
    reaching = Reaching()
    names = [reaching.ask() for _ in range(MOST + 1)]
    with pytest.raises(Unknown):
        reaching.question(names[0])
    assert reaching.question(names[1]).state == "waiting"


# --- the check-up ---------------------------------------------------------------------------------


def test_the_check_up_is_run_and_shown_with_the_worst_first(
    hall: Server, desk: httpx.Client
) -> None:
    page = f"/moderate/{hall.code}/checkup"
    assert "Jetzt prüfen" in desk.get(page).text
    desk.post(f"/moderate/{hall.code}/backup").raise_for_status()

    begun = desk.post(page, data={"phones": "no"})

    assert "Die Prüfung läuft" in begun.text
    until(lambda: "Die Prüfung läuft" not in desk.get(page).text, within_s=90)
    shown = desk.get(page).text
    states = re.findall(r'<li class="(green|yellow|red)">', shown)
    assert len(states) == 17
    assert states == sorted(states, key=["red", "yellow", "green"].index)
    assert states[0] == "yellow"  # a real evening at an address that no phone reaches
    assert "Es geht, aber bitte ansehen." in shown
    assert f"http://127.0.0.1:{hall.port} gilt nur auf diesem Computer" in shown
    assert re.search(r"Die neueste ist \d+ min alt\.", shown)  # made by the desk, just before
    assert f"Der Server läuft an Port {hall.port}." in shown


def test_no_simulated_phones_while_real_ones_are_there(hall: Server, desk: httpx.Client) -> None:
    refused = desk.post(f"/moderate/{hall.code}/checkup", data={"phones": "yes"})
    assert refused.status_code == 409
    assert "kein Probelauf mit Testhandys" in refused.text


def test_the_servers_end_is_the_check_ups_end(start_server: StartServer) -> None:
    server = start_server(rehearsal=True)
    desk = server.desk()
    begun = desk.post(f"/moderate/{server.code}/checkup", data={"phones": "yes"})
    assert begun.status_code == 303
    until(lambda: any("--example" in each.cmdline() for each in descendants(server)), within_s=60)
    started = descendants(server)

    server.stop()

    assert [each for each in started if each.is_running()] == []


def descendants(server: Server) -> list[psutil.Process]:
    found = []
    for each in psutil.Process(server.pid).children(recursive=True):
        with suppress(psutil.Error):
            each.cmdline()
            found.append(each)
    return found
