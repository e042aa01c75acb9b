"""Photos over HTTP: who may, what a browser without scripts can do, and how the refused are told."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from PIL import Image
from sqlmodel import col, select

from app.photos.models import Photo
from app.photos.uploading import UPLOAD
from tests.forms import Page
from tests.photos.pictures import board, from_a_phone, jpeg
from tests.running import Server, until

Files = list[tuple[str, tuple[str, bytes, str]]]


def files(*contents: bytes) -> Files:
    return [("photos", (f"{n}.jpg", content, "image/jpeg")) for n, content in enumerate(contents)]


def picture(number: int) -> bytes:
    """Another one each."""
    return jpeg(board(300 + number, 200))


def host(server: Server, island: int, **options: object) -> httpx.Client:
    link = server.ask("invite", event=server.code, role="host", island=island)["link"]
    browser = server.client()
    assert browser.post(urlsplit(link).path).status_code == 303
    browser.follow_redirects = True
    browser.headers.update(options)
    return browser


def stored(server: Server, island: int | None) -> list[Photo]:
    with server.reading() as session:
        here = col(Photo.island_number).is_not_distinct_from(island)
        return list(session.exec(select(Photo).where(here).order_by(col(Photo.position))))


def test_a_host_without_scripts_looks_after_the_photos_of_an_island(hall: Server) -> None:
    browser = host(hall, 1)
    address = f"/host/{hall.code}/1/photos"
    assert address in Page(browser.get(f"/host/{hall.code}/1")).links

    page = Page(browser.post(address, files=files(picture(1), picture(2))))
    first, second = (photo.id for photo in stored(hall, 1))
    page = Page(page.form(f"/photos/{first}").submit(browser, caption="Die Pinnwand"))
    page = Page(page.form(f"/{first}/place", direction="down").submit(browser))
    assert [(photo.id, photo.caption) for photo in stored(hall, 1)] == [
        (second, ""),
        (first, "Die Pinnwand"),
    ]
    page = Page(page.form(f"/{second}/removal").submit(browser))

    assert [photo.id for photo in stored(hall, 1)] == [first]
    assert page.form(f"/photos/{first}").fields["caption"] == "Die Pinnwand"
    images = [attributes["src"] for tag, attributes in page.tags if tag == "img"]
    assert images == [f"{address}/{first}/thumbnail"]


def test_a_moderator_hangs_photos_at_islands_or_at_the_event(hall: Server) -> None:
    desk = hall.desk()
    desk.follow_redirects = True
    address = f"/moderate/{hall.code}/photos"

    desk.post(address, data={"island": "2"}, files=files(picture(10)))
    page = Page(desk.post(address, data={"island": ""}, files=files(picture(11))))
    (photo,) = stored(hall, 2)
    moving = next(form for form in page.all(f"/photos/{photo.id}") if "island" in form.fields)
    moving.fields["island"] = ""
    moving.submit(desk)

    assert stored(hall, 2) == []
    assert len(stored(hall, None)) == 2
    told = Page(desk.get(f"/moderate/{hall.code}/journal")).text
    assert "Bildunterschrift oder Ort eines Fotos geändert" in told


def test_photos_are_seen_by_nobody_else_and_kept_by_no_browser(hall: Server) -> None:
    """S01, S07"""
    owner = host(hall, 4)
    owner.post(f"/host/{hall.code}/4/photos", files=files(from_a_phone()))
    (photo,) = stored(hall, 4)
    at_host = f"/host/{hall.code}/4/photos/{photo.id}"
    at_desk = f"/moderate/{hall.code}/photos/{photo.id}"
    people = {
        "stranger": hall.client(),
        "attendee": hall.phone(),
        "other host": host(hall, 5),
        "host": owner,
        "moderator": hall.desk(),
        "planner": hall.planner("Grace"),
    }

    statuses = {
        name: [
            who.get(f"{path}/{size}").status_code
            for path in (at_host, at_desk)
            for size in ("picture", "thumbnail")
        ]
        for name, who in people.items()
    }

    assert statuses == {
        "stranger": [403] * 4,
        "attendee": [403] * 4,
        "other host": [403] * 4,
        "host": [200, 200, 403, 403],
        "moderator": [200] * 4,
        "planner": [200] * 4,
    }
    through_the_own_desk = f"/host/{hall.code}/5/photos/{photo.id}/picture"
    assert people["other host"].get(through_the_own_desk).status_code == 404
    for size in ("picture", "thumbnail"):
        headers = owner.get(f"{at_host}/{size}").headers
        assert {
            name: headers[name]
            for name in ("content-type", "cache-control", "x-content-type-options")
        } == {
            "content-type": "image/jpeg",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        }


def test_of_several_files_the_good_ones_are_kept_and_the_others_named(hall: Server) -> None:
    """F05, F06"""
    browser = host(hall, 6)
    address = f"/host/{hall.code}/6/photos"
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"

    answer = browser.post(address, files=files(picture(20), svg, picture(21)[:1000], picture(22)))
    asked = browser.post(
        address, files=files(svg, picture(23)), headers={"accept": "application/json"}
    )
    alone = browser.post(address, files=files(svg), headers={"accept": "application/json"})

    why = "Dieses Format lesen wir nicht. Bitte JPEG, PNG oder WebP wählen."
    assert answer.status_code == 422
    assert f"Foto 2: {why}" in Page(answer).text
    assert "Foto 3: Die Datei ist beschädigt oder unvollständig." in Page(answer).text
    assert (asked.status_code, asked.json()) == (
        200,
        {"taken": 1, "refused": [{"number": 1, "title": why}]},
    )
    assert (alone.status_code, alone.json()["title"]) == (422, why)
    assert [(photo.width, photo.media_type) for photo in stored(hall, 6)] == [
        (320, "image/jpeg"),
        (322, "image/jpeg"),
        (323, "image/jpeg"),
    ]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"files": files(*([b"x"] * 61))}, "Höchstens 60 Fotos auf einmal."),
        ({"files": files(*([b"x"] * 400))}, "Das Formular ist nicht lesbar."),
        ({"data": {"photos": "x"}}, "Bitte wählen Sie mindestens ein Foto."),
        ({"content": b"x", "headers": {"content-type": "image/jpeg"}}, "mindestens ein Foto."),
        (
            {"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=a"}},
            "Das Formular ist nicht lesbar.",
        ),
    ],
    ids=["sixty-one", "hundreds", "a text", "no form", "half a form"],
)
def test_what_is_no_form_with_photos_is_refused_with_the_reason(
    hall: Server, sent: dict, why: str
) -> None:
    """F05"""
    answer = host(hall, 7).post(f"/host/{hall.code}/7/photos", **sent)

    assert (answer.status_code, why in Page(answer).text) == (422, True)
    assert stored(hall, 7) == []


def test_only_photos_may_be_that_large_and_not_larger(hall: Server) -> None:
    """F05: what is announced too large is refused before it comes."""
    browser = host(hall, 8)
    large = b"x" * 1_000_000

    connection = HTTPConnection("127.0.0.1", hall.port, timeout=15)
    connection.putrequest("POST", f"/host/{hall.code}/8/photos")
    connection.putheader("content-length", str(UPLOAD.most_bytes + 1))
    connection.endheaders()
    refused = connection.getresponse()
    said = refused.read().decode()
    connection.close()
    elsewhere = browser.post(f"/host/{hall.code}/8/harvest", content=large)
    here = browser.post(f"/host/{hall.code}/8/photos", content=large)

    assert (refused.status, elsewhere.status_code, here.status_code) == (413, 413, 422)
    assert "Bitte wählen Sie weniger Fotos" in said


def test_a_phone_that_is_gone_before_the_end_leaves_nothing(hall: Server) -> None:
    browser = host(hall, 9)

    def broken():
        yield b'--a\r\nContent-Disposition: form-data; name="photos"; filename="x"\r\n\r\n'
        yield picture(30)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        browser.post(
            f"/host/{hall.code}/9/photos",
            content=broken(),
            headers={"content-type": "multipart/form-data; boundary=a"},
        )

    assert hall.client().get("/livez").status_code == 200
    assert stored(hall, 9) == []


def test_of_two_people_the_second_is_told_and_sees_what_is_there_now(hall: Server) -> None:
    """C06"""
    browser = host(hall, 10)
    address = f"/host/{hall.code}/10/photos"
    page = Page(browser.post(address, files=files(picture(40))))
    (photo,) = stored(hall, 10)
    page.form(f"/photos/{photo.id}").submit(browser, caption="Schneller")

    late = page.form(f"/photos/{photo.id}").submit(browser, caption="Langsamer")
    page.form("/removal").submit(browser)
    asked = browser.post(
        f"{address}/{photo.id}", data={"version": "1"}, headers={"accept": "application/json"}
    )

    assert late.status_code == 409
    assert "Jemand anderes war schneller." in Page(late).text
    assert Page(late).form(f"/photos/{photo.id}").fields["caption"] == "Schneller"
    assert asked.status_code == 409
    assert [photo.caption for photo in stored(hall, 10)] == ["Schneller"]


def test_a_photo_that_was_removed_meanwhile_is_said_to_be_gone(hall: Server) -> None:
    browser = host(hall, 11)
    page = Page(browser.post(f"/host/{hall.code}/11/photos", files=files(picture(50))))
    page.form("/removal").submit(browser)

    late = page.form("/removal").submit(browser)

    assert late.status_code == 404
    assert "Dieses Foto gibt es hier nicht mehr." in Page(late).text


def test_walls_are_not_disturbed_by_photos(hall: Server) -> None:
    """They see a new version, and nothing else."""
    before = hall.live()
    host(hall, 12).post(f"/host/{hall.code}/12/photos", files=files(picture(60)))

    until(lambda: hall.live()["version"] > before["version"])
    ours = {name: value for name, value in hall.live().items() if name not in ("version", "clock")}
    assert ours == {name: before[name] for name in ours}


def test_planners_add_photos_after_the_sealing(server: Server) -> None:
    """The documentation is made the morning after; until the event is deleted there is time."""
    with_devices = server.phone()
    with_devices.post(f"/e/{server.code}/dots", json={"offer": "umweltberatung", "knows": "yes"})
    planner = server.planner("Ada")
    planner.follow_redirects = True
    server.enter("closed")
    owner = host(server, 1)
    address = f"/host/{server.code}/1/photos"
    assert owner.post(address, files=files(picture(1))).status_code == 200
    form = Page(planner.get(f"/plan/events/{server.event}/ending")).form("/sealing")
    assert form.submit(planner, confirm=server.code).status_code == 200

    answer = planner.post(f"/moderate/{server.code}/photos", files=files(picture(2)))

    assert (answer.status_code, owner.get(address).status_code) == (200, 403)
    assert (len(stored(server, 1)), len(stored(server, None))) == (1, 1)


def test_a_disk_without_room_for_what_comes_is_said_and_passes(server: Server) -> None:
    """D06: a file of more than a megabyte is on the disk while it comes."""
    browser = host(server, 1, accept="application/json")
    address = f"/host/{server.code}/1/photos"
    photo = jpeg(Image.effect_noise((1400, 1400), 90).convert("RGB"))
    assert len(photo) > 1_500_000
    process = psutil.Process(server.pid)
    _, most = process.rlimit(psutil.RLIMIT_FSIZE)

    process.rlimit(psutil.RLIMIT_FSIZE, (1_200_000, most))
    refused = browser.post(address, files=files(photo))
    process.rlimit(psutil.RLIMIT_FSIZE, (most, most))

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
    assert browser.post(address, files=files(photo)).json() == {"taken": 1, "refused": []}
