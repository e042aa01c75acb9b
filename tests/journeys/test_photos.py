"""A host photographs the pin board with the phone in hand, and puts the photos in order."""

from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from app.photos.models import Photo
from tests.axe import violations
from tests.conftest import PageAt
from tests.photos.pictures import CANARY, board, from_a_phone, jpeg
from tests.running import Server, until


def open_photos(page_at: PageAt, server: Server, island: int, **options: object) -> Page:
    link = server.ask("invite", event=server.code, role="host", island=island)["link"]
    page = page_at(390, 844, locale="de-DE", **options)
    page.goto(link)
    page.get_by_role("button", name="Los geht’s").click()
    page.get_by_role("link", name="Fotos der Insel").click()
    expect(page).to_have_url(f"{server.address}/host/{server.code}/{island}/photos")
    page.wait_for_load_state()
    return page


def choose(page: Page, folder: Path, **contents: bytes) -> None:
    for name, content in contents.items():
        (folder / f"{name}.jpg").write_bytes(content)
    page.set_input_files("#files", [folder / f"{name}.jpg" for name in contents])


def stored(server: Server, island: int) -> list[Photo]:
    with server.reading() as session:
        here = select(Photo).where(Photo.island_number == island)
        return list(session.exec(here.order_by(col(Photo.position))))


def test_several_photos_are_sent_by_being_chosen_and_the_refused_are_named(
    hall: Server, page_at: PageAt, tmp_path: Path
) -> None:
    """F05, F07"""
    page = open_photos(page_at, hall, 1, expected="422")

    choose(
        page,
        tmp_path,
        upright=from_a_phone(board(3000, 2000), orientation=6),
        broken=jpeg()[:1000],
        small=jpeg(),
    )

    expect(page.locator("#upload-state p")).to_have_text("Hochgeladen: 2", timeout=30_000)
    expect(page.locator("#upload-refused li")).to_have_text(
        "Foto broken.jpg: Die Datei ist beschädigt oder unvollständig. Bitte noch einmal hochladen."
    )
    expect(page.locator(".pictures li")).to_have_count(2)
    photos = stored(hall, 1)
    assert [(photo.width, photo.height) for photo in photos] == [(1333, 2000), (400, 300)]
    assert not any(CANARY.encode() in photo.content for photo in photos)
    loaded = "image => image.decode().then(() => image.naturalWidth > 0)"
    assert page.locator(".pictures img").evaluate_all(f"all => Promise.all(all.map({loaded}))") == [
        True,
        True,
    ]
    assert violations(page) == {}


def test_captions_save_themselves_and_order_changes_without_leaving_the_place(
    hall: Server, page_at: PageAt, tmp_path: Path
) -> None:
    page = open_photos(page_at, hall, 2)
    choose(page, tmp_path, one=jpeg(board(400, 300)), two=jpeg(board(300, 400)))
    expect(page.locator(".pictures li")).to_have_count(2, timeout=30_000)
    one, two = (photo.id for photo in stored(hall, 2))

    page.locator(f"#caption-{two}").fill("Die Pinnwand am Ende")
    page.locator(f"#caption-{one}").focus()
    expect(page.locator("#said")).to_have_text("Bildunterschrift gespeichert")
    expect(page.locator(f"#save-{two}")).to_have_class("yes")
    page.get_by_role("button", name="Die Pinnwand am Ende nach oben").press("Enter")
    expect(page.locator("#said")).to_have_text("Nach oben gerückt")

    expect(page.locator(".pictures li").first).to_have_id(f"photo-{two}")
    expect(page.locator(".pictures li").nth(1)).to_have_id(f"photo-{one}")
    assert [(photo.id, photo.caption) for photo in stored(hall, 2)] == [
        (two, "Die Pinnwand am Ende"),
        (one, ""),
    ]
    page.get_by_text("Entfernen …").first.click()
    page.get_by_role("button", name="Foto endgültig entfernen").first.click()
    expect(page.locator(".pictures li")).to_have_count(1)
    assert [photo.id for photo in stored(hall, 2)] == [one]


def test_a_photo_that_does_not_arrive_is_sent_again_when_there_is_a_network(
    hall: Server, page_at: PageAt, tmp_path: Path
) -> None:
    """C03: its answer was lost, too; it is there once."""
    page = open_photos(page_at, hall, 3, expected="ERR_FAILED")
    tries: list[str] = []

    def lose_the_answer(route) -> None:
        tries.append(route.request.method)
        if route.request.method == "POST" and tries.count("POST") == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/photos", lose_the_answer)
    choose(page, tmp_path, one=jpeg())

    expect(page.locator("#upload-state p")).to_have_text("Hochgeladen: 1", timeout=30_000)
    assert tries.count("POST") == 2
    assert len(stored(hall, 3)) == 1


def test_photos_can_be_added_with_nothing_but_html(
    hall: Server, page_at: PageAt, tmp_path: Path
) -> None:
    page = open_photos(page_at, hall, 4, java_script_enabled=False)

    choose(page, tmp_path, one=jpeg(), two=jpeg(board(300, 400)))
    page.get_by_role("button", name="Hochladen").click()

    expect(page.locator(".pictures li")).to_have_count(2)


def test_a_moderator_finds_the_photos_and_they_fit_everywhere(
    hall: Server, page_at: PageAt, tmp_path: Path
) -> None:
    with closing(hall.desk()) as desk:
        cookies = [
            {"name": name, "value": value, "url": hall.address}
            for name, value in desk.cookies.items()
        ]
    for width, height, scheme in ((320, 640, "light"), (1440, 900, "dark")):
        page = page_at(width, height, locale="de-DE", color_scheme=scheme)
        page.context.add_cookies(cookies)
        page.goto(f"{hall.address}/moderate/{hall.code}")
        page.locator("#more > summary").click()
        page.get_by_role("link", name="Fotos", exact=True).click()
        page.select_option("#island", "5")
        choose(page, tmp_path, **{f"of{width}": jpeg(board(width, 200))})
        expect(page.locator("#upload-state p")).to_have_text("Hochgeladen: 1", timeout=30_000)
        page.get_by_text("Mehr", exact=True).first.click()

        wide = page.evaluate("document.documentElement.scrollWidth")
        assert (wide, violations(page)) == (width, {})
    until(lambda: len(stored(hall, 5)) == 2)
