"""A planner finds the event, invites, prints and downloads; everybody reads the results."""

from contextlib import closing
from io import BytesIO

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.conftest import PageAt
from tests.running import PLANNERS_PASSWORD, Server


def signed_in(page_at: PageAt, server: Server, width: int = 1440, **options: object) -> Page:
    """By the one-time link, as a planner comes for the first time."""
    link = server.ask("planner add", name="Ada")["link"]
    page = page_at(width, 900, locale="de-DE", **options)
    page.goto(link)
    page.locator("input[type=password]").first.fill(PLANNERS_PASSWORD)
    page.locator("main form button").first.click()
    expect(page).to_have_url(f"{server.address}/plan")
    return page


def test_a_planner_invites_a_moderator_and_takes_it_back(server: Server, page_at: PageAt) -> None:
    page = signed_in(page_at, server)
    page.get_by_role("link", name="Expert*innendialog im Sozialraum Mitte/Styrum").click()
    invitations = page.locator(".invitations > li")
    expect(invitations).to_have_count(1)  # the one that the server's start printed

    page.get_by_role("button", name="Neue Einladung zur Moderation").click()
    expect(invitations).to_have_count(2)
    link = invitations.last.locator("input.link").input_value()
    guest = page_at(locale="de-DE", expected="403")
    guest.goto(link)
    guest.get_by_role("button", name="Los geht’s").click()
    expect(guest.locator("#desk")).to_be_visible()

    invitations.last.get_by_text("Zurückziehen …").click()
    expect(invitations.last).to_contain_text(
        "Wer mit diesem Link moderiert, ist sofort abgemeldet."
    )
    page.get_by_role("button", name="Einladung Nr. 2 zurückziehen").click()
    expect(invitations).to_have_count(1)
    assert guest.reload().status == 403


def test_the_invitation_can_be_scanned_from_the_planners_screen(
    server: Server, page_at: PageAt
) -> None:
    page = signed_in(page_at, server)
    page.goto(f"{server.address}/plan/events/{server.event}")
    page.get_by_text("QR-Code fürs Handy").click()

    picture = Image.open(BytesIO(page.locator(".invitations .qr").screenshot()))

    link = page.locator(".invitations input.link").input_value()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link]


def test_every_result_file_is_offered_and_arrives(server: Server, page_at: PageAt) -> None:
    page = signed_in(page_at, server, accept_downloads=True)
    page.goto(f"{server.address}/plan/events/{server.event}")
    expect(page.get_by_role("region", name="Ergebnisse").locator(".notice")).to_have_text(
        "Zwischenstand: Die Veranstaltung ist noch nicht geschlossen."
    )

    arrived = []
    for link in page.locator(".files a").all():
        with page.expect_download(timeout=60_000) as download:
            link.click()
        arrived.append(download.value.suggested_filename)
        page.goto(
            f"{server.address}/plan/events/{server.event}"
        )  # from where a long one is waited for

    assert arrived == [
        f"{server.event}-{name}"
        for name in (
            "archive.zip",
            "documentation.pdf",
            "documentation.docx",
            "results.xlsx",
            "cloud.svg",
            "cloud.png",
            "results.json",
            "dots.csv",
            "cards.csv",
            "words.csv",
            "moderation.csv",
        )
    ]


def test_a_planner_chooses_and_downloads_the_posters(server: Server, page_at: PageAt) -> None:
    page = signed_in(page_at, server, accept_downloads=True)
    page.goto(f"{server.address}/plan/events/{server.event}")
    page.get_by_label("Ein Tischaufsteller je Insel").uncheck()
    page.get_by_label("Strichlisten und leere Karten für alle ohne Handy").uncheck()
    page.get_by_text("Aushang mit dem WLAN für Gäste").click()
    page.get_by_label("Name des Netzes").fill("Rathaus")

    with page.expect_download() as download:
        page.get_by_role("button", name="PDF erstellen").click()

    assert download.value.suggested_filename == f"{server.event}-posters.pdf"
    assert len(PdfReader(download.value.path()).pages) == 1 + 12 + 1 + 1  # with the guide


def test_every_code_on_screen_says_its_address(server: Server, page_at: PageAt) -> None:
    """F12"""
    page = signed_in(page_at, server)
    page.goto(f"{server.address}/plan/events/{server.event}/codes")
    expect(page.locator(".local")).to_contain_text("Bitte diese Plakate noch nicht drucken.")

    said = []
    for code in page.locator(".codes > li").all():
        picture = Image.open(BytesIO(code.screenshot()))
        said += [code.text for code in zxingcpp.read_barcodes(picture)]

    address = f"{server.address}/e/{server.code}".upper()
    assert said == [f"{address}/{number}" for number in range(1, 13)]


def test_signing_out_ends_it(server: Server, page_at: PageAt) -> None:
    page = signed_in(page_at, server)

    page.get_by_role("button", name="Abmelden").click()
    page.goto(f"{server.address}/plan")

    expect(page).to_have_url(f"{server.address}/sign-in")


def test_the_list_leads_from_one_evening_to_the_next(server: Server, page_at: PageAt) -> None:
    """The next district takes two clicks, and is named."""
    page = signed_in(page_at, server)
    expect(page.locator(".evenings .announced")).to_have_count(5)

    page.get_by_role("link", name="Plan kopieren").click()
    page.get_by_role("button", name="Kopie anlegen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Expert*innendialog im Sozialraum Alstaden/Lirich"
    )
    expect(page.locator(".todo > .done a")).to_have_text(["Der Plan steht"])
    page.goto(f"{server.address}/plan")
    expect(page.locator(".evenings .announced .what")).to_have_text(
        ["Osterfeld", "Oberhausen-Ost", "Sterkrade-Mitte", "Sterkrade-Nord"]
    )


def test_the_planners_pages_fit_a_phone(server: Server, page_at: PageAt) -> None:
    server.ask("invite", event=server.code, role="moderator", island=None)
    page = signed_in(page_at, server, width=320)

    for path in ("/plan", f"/plan/events/{server.event}", f"/plan/events/{server.event}/codes"):
        page.goto(server.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_public_results_say_every_number_in_words_once_they_are_revealed(
    server: Server, page_at: PageAt
) -> None:
    for knows in ("yes", "yes", "no"):
        with closing(server.phone()) as phone:
            fields = {"offer": "umweltberatung", "knows": knows}
            phone.post(f"/e/{server.code}/dots", json=fields).raise_for_status()
    server.enter("cloud")
    with closing(server.phone()) as phone:
        fields = {"text": "spannend", "submission": "one"}
        phone.post(f"/e/{server.code}/words", json=fields).raise_for_status()
    page = page_at(320, 844, locale="de-DE", expected="409")
    assert page.goto(f"{server.address}/e/{server.code}/results").status == 409

    server.enter("closed")
    page.goto(f"{server.address}/e/{server.code}/results")

    offer = page.locator(".offers li").first
    assert (
        offer.inner_text().split() == "Umwelt- und Abfallberatung 67 % 2 Ja 3 Punkte 1 Nein".split()
    )
    expect(page.locator(".cloud li")).to_have_text(["spannend1, einmal"])
    assert page.evaluate("document.documentElement.scrollWidth") == 320
