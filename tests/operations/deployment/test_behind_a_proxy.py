"""A real server behind a real proxy with TLS: what the public address promises holds for phones and walls."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect
from sqlmodel import select

from app.feedback.models import Card, Dot
from app.planning.qr import as_svg
from tests.forms import Page
from tests.operations.deployment.proxies import Proxy, needs_caddy
from tests.phones import Refused
from tests.photos.pictures import board, from_a_phone
from tests.running import Server, finish, load_event

STRANGERS = {
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "http",
    "x-forwarded-prefix": "/evil.example",
    "x-real-ip": "203.0.113.7",
    "forwarded": "for=203.0.113.7;host=evil.example;proto=http",
}


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    needs_caddy()
    proxy = Proxy(tmp_path_factory.mktemp("proxy"))
    yield proxy
    proxy.stop()


@pytest.fixture(scope="module")
def served(proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Behind the proxy, with the café open."""
    data = tmp_path_factory.mktemp("served") / "data"
    key, code = load_event(data)
    server = Server(data, WORLDCAFE_PUBLIC_URL=proxy.address)
    server.event, server.code = key, code
    server.start()
    server.enter("cafe")
    proxy.start(server)
    yield server
    server.give_up()
    assert not server.has_logged_a_fault, server.log_text


def test_an_attendee_without_javascript_takes_part_over_https(proxy: Proxy, served: Server) -> None:
    with proxy.client(follow_redirects=True) as phone:
        joined = Page(phone.get("/")).form("/join").submit(phone, code=served.code)
        island = Page(phone.get(f"/e/{served.code}/7"))
        voted = island.form("/dots", offer="sozialnavigator").submit(phone, "yes")
        written = island.form("/cards").submit(phone, text="Mehr Bänke am Aquarius")
        (cookie,) = [each for each in phone.cookies.jar if each.name == "device"]

    assert str(joined.url) == f"{proxy.address}/e/{served.code}"
    assert [each.status_code for each in (joined, voted, written)] == [200, 200, 200]
    assert "Mehr Bänke am Aquarius" in Page(written).text
    assert cookie.secure
    assert served.live()["totals"]["yes"] == 1
    with served.reading() as session:
        assert [dot.offer_key for dot in session.exec(select(Dot))] == ["sozialnavigator"]
        assert [card.text for card in session.exec(select(Card))] == ["Mehr Bänke am Aquarius"]


def test_a_wall_is_told_over_a_socket_of_the_public_origin_alone(
    proxy: Proxy, served: Server
) -> None:
    """W03"""
    path = f"/e/{served.code}/live/ws"

    async def shake(origin: str) -> int:
        try:
            async with proxy.socket(path, Origin=origin) as socket:
                return 101 if await socket.text() else 0
        except Refused as refused:
            return refused.status

    async def told() -> list[int]:
        async with proxy.socket(path, Origin=proxy.address) as wall:
            seen = [(await wall.json())["totals"]["no"]]
            with proxy.client() as phone:
                phone.get(f"/e/{served.code}/1")
                dot = {"offer": "umweltberatung", "knows": "no"}
                assert phone.post(f"/e/{served.code}/dots", json=dot).status_code == 200
            while seen[-1] == seen[0]:
                seen.append((await wall.json())["totals"]["no"])
            return seen

    foreign = [
        "https://evil.example",
        "null",
        f"http://127.0.0.1:{proxy.port}",
        "https://127.0.0.1",
    ]
    seen = finish(told())
    assert seen[-1] == seen[0] + 1
    assert [finish(shake(origin)) for origin in foreign] == [403] * len(foreign)
    assert finish(shake(proxy.address)) == 101


def test_codes_and_links_say_the_public_address(proxy: Proxy, served: Server) -> None:
    invited = served.run("invite", served.event, "--role", "moderator", "--json")
    with proxy.client() as client:
        wall = client.get(f"/e/{served.code}/live").text
        link = json.loads(invited.stdout)["link"]
        desk = client.post(link, headers={"origin": proxy.address})

    assert link.startswith(f"{proxy.address}/invite/")
    assert desk.status_code == 303
    assert as_svg(f"{proxy.address}/E/{served.code}".upper()) in wall
    assert urlsplit(proxy.address).netloc in wall


def test_what_strangers_say_of_their_way_is_not_believed(proxy: Proxy, served: Server) -> None:
    """S08: through the proxy, and past it."""
    through, past = proxy.client(headers=STRANGERS), served.client(headers=STRANGERS)
    plain = proxy.client()

    for client in (through, past):
        answer = client.get(f"/e/{served.code}/live")
        slash = client.get("/plan/")
        joined = client.post("/join", data={"code": served.code})
        foreign = client.post(
            "/join", data={"code": served.code}, headers={"origin": "https://evil.example"}
        )
        cookies = client.get(f"/e/{served.code}").headers.get_list("set-cookie")

        assert answer.text == plain.get(f"/e/{served.code}/live").text
        assert "evil" not in slash.headers.get("location", "")
        assert (joined.status_code, joined.headers["location"]) == (303, f"/e/{served.code}")
        assert foreign.status_code == 403
        assert ["; Secure" in each for each in cookies] == [True]
    through.close()
    plain.close()


def test_answers_stay_compressed_and_known_ones_are_not_sent_again(
    proxy: Proxy, served: Server
) -> None:
    with proxy.client() as client:
        page = client.get(f"/e/{served.code}/1", headers={"accept-encoding": "gzip"})
        style = next(
            str(of["href"])
            for tag, of in Page(page).tags
            if tag == "link" and of["rel"] == "stylesheet"
        )
        packed = [
            client.get(style, headers={"accept-encoding": kind})
            for kind in ("br", "gzip", "identity")
        ]
        state = client.get(f"/e/{served.code}/live.json")
        again = client.get(
            f"/e/{served.code}/live.json", headers={"if-none-match": state.headers["etag"]}
        )

    assert page.headers["content-encoding"] == "gzip"
    assert [each.headers.get("content-encoding") for each in packed] == ["br", "gzip", None]
    assert len({each.content for each in packed}) == 1, "the same once unpacked"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == state.headers["etag"]


def test_photos_of_an_evening_pass_at_once(proxy: Proxy, served: Server) -> None:
    """Nearly twelve megabytes each, as the largest that a phone may send."""
    link = served.ask("invite", event=served.code, role="host", island=1)["link"]
    address = f"/host/{served.code}/1/photos"
    large = [from_a_phone(board(300 + n, 200)).ljust(11_900_000, b"\0") for n in range(3)]
    with proxy.client(follow_redirects=True) as host:
        assert host.post(link).status_code == 200
        parts = [("photos", (f"{n}.jpg", photo, "image/jpeg")) for n, photo in enumerate(large)]
        answer = host.post(address, files=parts)

    images = [of["src"] for tag, of in Page(answer).tags if tag == "img"]
    assert (answer.status_code, len(images)) == (200, 3)


def test_while_the_server_is_gone_the_proxy_says_so_and_everything_comes_back(
    proxy: Proxy, served: Server
) -> None:
    """S10: what was not answered counts once when it is sent again, and the proxy writes nobody down:
    neither who came nor whom it could not answer."""
    path = f"/e/{served.code}/live/ws"
    dot = {"offer": "umweltberatung", "knows": "yes", "sequence": 1}
    before = served.live()["totals"]["yes"]

    async def closed_by_the_end() -> int | None:
        async with proxy.socket(path, Origin=proxy.address) as wall:
            assert await wall.json()
            served.stop()
            while await wall.text() is not None:
                pass
            return wall.close_code

    async def first_state() -> int:
        async with proxy.socket(path, Origin=proxy.address) as wall:
            return int((await wall.json())["totals"]["yes"])

    with proxy.client() as phone:
        phone.get(f"/e/{served.code}/1")
        assert finish(closed_by_the_end()) == 1012, "service restart"
        meanwhile = phone.post(f"/e/{served.code}/dots", json=dot)
        with pytest.raises(Refused) as refused:
            finish(first_state())
        served.start()
        answers = [phone.post(f"/e/{served.code}/dots", json=dot) for _ in range(2)]

    assert (meanwhile.status_code, refused.value.status) == (502, 502)
    assert [each.status_code for each in answers] == [200, 200]
    assert finish(first_state()) == before + 1
    log = proxy.log.read_text("utf-8")
    assert "serving initial configuration" in log, "need a log for this test to mean anything"
    assert [word for word in ("remote", served.code, "cookie", "request") if word in log] == []


def test_the_wall_in_a_browser_heals_after_the_server_is_back(
    proxy: Proxy, served: Server, page_at: Callable[..., BrowserPage]
) -> None:
    """W13: over wss and HTTP/2, under our own policy."""
    wall = page_at(1920, 1080, expected="WebSocket|Failed to load", ignore_https_errors=True)
    wall.goto(f"{proxy.address}/e/{served.code}/live")
    wall.wait_for_selector(".offer.total", state="attached")
    total = wall.locator('.side [data-value="totals.yes"]')
    before = served.live()["totals"]["yes"]
    expect(total).to_have_text(str(before))

    served.restart()
    with proxy.client() as phone:
        phone.get(f"/e/{served.code}/1")
        dot = {"offer": "umweltberatung", "knows": "yes"}
        assert phone.post(f"/e/{served.code}/dots", json=dot).status_code == 200

    expect(total).to_have_text(str(before + 1), timeout=30_000)
    expect(wall.locator(".age")).to_be_hidden(timeout=30_000)
