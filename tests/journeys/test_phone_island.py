"""An attendee at an island: dots, cards, contacts, on a phone with and without everything."""

from playwright.sync_api import Page, expect

from tests.conftest import PageAt
from tests.running import Server, until

ABORTED = "htmx:(sendAbort|afterRequest)"  # what htmx says of a request that a newer one replaced
THROWING_STORAGE = """
for (const act of ["getItem", "setItem", "removeItem"])
  Storage.prototype[act] = () => { throw new DOMException("forbidden", "SecurityError"); };
"""


def at_island(page_at: PageAt, server: Server, number: int = 5, **options: object) -> Page:
    page = page_at(locale="de-DE", **options)
    page.goto(f"{server.address}/e/{server.code}/{number}")
    return page


def offer_totals(server: Server, key: str) -> tuple[int, int]:
    offers = [offer for island in server.live()["islands"] for offer in island["offers"]]
    return next((offer["yes"], offer["no"]) for offer in offers if offer["key"] == key)


def pressed(page: Page, key: str) -> tuple[str | None, str | None]:
    yes, no = page.locator(f"#offer-{key}-yes"), page.locator(f"#offer-{key}-no")
    return yes.get_attribute("aria-pressed"), no.get_attribute("aria-pressed")


def test_a_tap_is_counted_shown_and_said(server: Server, page_at: PageAt) -> None:
    page = at_island(page_at, server)

    page.click("#offer-sprachmittlung-yes")

    expect(page.locator("#announcer")).to_have_text("Gezählt: Ja – Sprachmittlungspool")
    assert pressed(page, "sprachmittlung") == ("true", "false")
    until(lambda: offer_totals(server, "sprachmittlung") == (1, 0))


def test_a_dot_can_be_changed_and_taken_back_and_the_focus_stays(
    server: Server, page_at: PageAt
) -> None:
    """Even with fast hands: what was swapped in a moment ago must not be posted as a plain form."""
    page = at_island(page_at, server)
    page.evaluate("document.isTheOne = true")
    page.focus("#offer-sprachmittlung-yes")

    page.keyboard.press("Enter")
    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#offer-sprachmittlung-yes")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#offer-sprachmittlung-no")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#offer-sprachmittlung-no")).to_be_focused()
    whom = page.locator("#offer-sprachmittlung .asking .vcard")
    assert whom.get_attribute("href") == f"/e/{server.code}/5/contacts/1.vcf"
    page.keyboard.press("Tab")
    expect(page.locator("#offer-sprachmittlung-withdraw")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#announcer")).to_have_text("Zurückgenommen: Sprachmittlungspool")
    assert pressed(page, "sprachmittlung") == ("false", "false")
    expect(page.locator("#offer-sprachmittlung-yes")).to_be_focused()
    assert page.evaluate("document.isTheOne") is True
    until(lambda: offer_totals(server, "sprachmittlung") == (0, 0))


def test_a_double_tap_is_one_dot(server: Server, page_at: PageAt) -> None:
    """C01."""
    page = at_island(page_at, server, expected=ABORTED)

    page.dblclick("#offer-sprachmittlung-no")

    expect(page.locator("#offer-sprachmittlung-no")).to_have_attribute("aria-pressed", "true")
    until(lambda: offer_totals(server, "sprachmittlung") == (0, 1))
    assert server.live()["devices"] == 1


def test_the_last_of_many_hasty_taps_wins(server: Server, page_at: PageAt) -> None:
    page = at_island(page_at, server, expected=ABORTED)

    page.evaluate(
        "for (const knows of ['yes', 'no', 'yes', 'no', 'yes'])"
        " document.getElementById(`offer-sprachmittlung-${knows}`).click()"
    )

    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "true")
    until(lambda: offer_totals(server, "sprachmittlung") == (1, 0))


def test_a_card_is_received_listed_and_taken_back(server: Server, page_at: PageAt) -> None:
    page = at_island(page_at, server)

    page.fill("#card-text", "Aushänge in <b>jeder</b> Kita")
    page.select_option("#card-offer", "rucksack-kita")
    page.click("#card-send")

    expect(page.locator("#announcer")).to_have_text("Danke! Ihre Karte ist angekommen.")
    expect(page.locator(".pinned .words")).to_have_text(["Aushänge in <b>jeder</b> Kita"])
    expect(page.locator(".pinned .after span")).to_have_text(["wartet auf Freigabe"])
    expect(page.locator("#card-text")).to_have_value("")
    page.click(".pinned .withdraw")
    expect(page.locator("#announcer")).to_have_text("Ihre Karte ist zurückgenommen.")
    expect(page.locator(".pinned .card")).to_have_count(0)


def test_what_is_written_survives_taps_and_a_reload(server: Server, page_at: PageAt) -> None:
    page = at_island(page_at, server)
    page.fill("#card-text", "Ein halber Ged")

    page.click("#offer-sprachmittlung-yes")
    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "true")
    page.reload()

    expect(page.locator("#card-text")).to_have_value("Ein halber Ged")
    expect(page.locator("#card-count")).to_have_text("noch 266 Zeichen")


def test_thanks_end_with_the_next_text_and_with_a_refusal(server: Server, page_at: PageAt) -> None:
    page = at_island(page_at, server, expected="429|htmx:")
    for number in range(6):
        page.fill("#card-text", f"Karte {number}")
        expect(page.locator(".thanks")).to_have_count(0)
        page.click("#card-send")
        expect(page.locator(".pinned .words").first).to_have_text(f"Karte {number}")
        expect(page.locator(".thanks")).to_have_count(1)

    page.evaluate("document.getElementById('card-text').value = 'Eine zu viel'")
    page.click("#card-send")

    expect(page.locator(".waiting .words")).to_have_text(["Eine zu viel"])
    expect(page.locator(".waiting strong.pending")).to_have_text(["Gespeichert, wird gesendet"])
    expect(page.locator("#message")).to_have_text("")
    expect(page.locator(".thanks")).to_have_count(0)
    expect(page.locator("#card-text")).to_have_value("")
    expect(page.locator(".own .words").first).to_have_text("Eine zu viel", timeout=25_000)


def test_without_javascript_a_refused_text_is_found_again(server: Server, page_at: PageAt) -> None:
    page = at_island(page_at, server, expected="422", java_script_enabled=False)
    page.fill("#card-text", "x" * 281)

    page.click("#card-send")

    assert page.locator("main").inner_text().split("\n\n") == [
        "Das passt noch nicht",
        "Der Text ist zu lang: höchstens 280 Zeichen.",
        "Mit der Zurück-Taste Ihres Browsers finden Sie Ihren Text wieder.",
        "Zurück zur Insel",
    ]
    page.click("main a")
    assert page.url == f"{server.address}/e/{server.code}/5"


def test_where_an_offer_holds_is_told_before_and_after_a_tap(
    server: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, server, 1)
    holds = page.locator("#offer-quartiersfonds .description small")
    expect(holds).to_have_text("Gilt: im Stadtteil")

    page.click("#offer-quartiersfonds-yes")

    expect(page.locator("#offer-quartiersfonds-yes")).to_have_attribute("aria-pressed", "true")
    expect(holds).to_have_text("Gilt: im Stadtteil")


def test_what_was_planned_in_german_is_marked_as_german_on_an_english_page(
    server: Server, page_at: PageAt
) -> None:
    page = page_at(locale="en-GB")
    page.goto(f"{server.address}/e/{server.code}/2")

    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("h1")).to_have_attribute("lang", "de")
    assert page.locator("h1").inner_html() == "<wbr>(Weiter)<wbr>Bildung / Kultur"
    assert page.locator(".offer h3[lang=de]").count() == page.locator(".offer").count()


def test_a_closed_island_says_that_it_is_over(server: Server, page_at: PageAt) -> None:
    server.enter("closed")

    page = at_island(page_at, server)

    expect(page.locator("#cards .muted")).to_have_text("Karten können Sie nicht mehr schreiben.")


def test_too_long_a_card_is_counted_as_people_count(server: Server, page_at: PageAt) -> None:
    """I04."""
    page = at_island(page_at, server)

    page.fill("#card-text", "👨‍👩‍👧‍👦" * 280)
    expect(page.locator("#card-count")).to_have_text("noch 0 Zeichen")
    page.fill("#card-text", "👨‍👩‍👧‍👦" * 281)

    expect(page.locator("#card-count")).to_have_text("1 Zeichen zu viel")
    assert page.evaluate("document.getElementById('card-text').checkValidity()") is False


def test_where_storage_is_forbidden_everything_works(server: Server, page_at: PageAt) -> None:
    """C16."""
    page = page_at(locale="de-DE")
    page.add_init_script(THROWING_STORAGE)
    page.goto(f"{server.address}/e/{server.code}/5")

    page.click("#offer-sprachmittlung-yes")
    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "true")
    page.click("#offer-sprachmittlung-no")
    expect(page.locator("#offer-sprachmittlung-no")).to_have_attribute("aria-pressed", "true")
    page.fill("#card-text", "Auch so")
    page.click("#card-send")

    expect(page.locator(".pinned .words")).to_have_text(["Auch so"])
    until(lambda: offer_totals(server, "sprachmittlung") == (0, 1))


def test_the_whole_evening_without_javascript(server: Server, page_at: PageAt) -> None:
    page = page_at(locale="de-DE", java_script_enabled=False)
    page.goto(server.address)
    page.fill("[name=code]", server.code.lower())
    page.click("main button")
    page.click("text=Integration")

    page.click("#offer-sprachmittlung [value=yes]")
    page.click("#offer-seiteneinstieg [value=no]")
    page.click("#offer-seiteneinstieg [value=withdraw]")
    page.fill("[name=text]", "Ganz ohne Skripte")
    page.click("#card-send")

    assert pressed(page, "sprachmittlung") == ("true", "false")
    assert pressed(page, "seiteneinstieg") == ("false", "false")
    assert page.locator(".pinned .words").all_text_contents() == ["Ganz ohne Skripte"]
    page.click("#bar a")
    assert page.locator("#progress-text").inner_text() == (
        "Sie haben 1 von 36 Angeboten beantwortet."
    )
    server.enter("cloud")
    page.reload()
    page.fill("[name=text]", "lebendig")
    page.click("#word-send")
    assert page.locator(".pinned .words").all_text_contents() == ["lebendig"]
    server.enter("closed")
    page.reload()
    assert page.locator("h1").inner_text() == "Danke, dass Sie dabei waren!"
    assert page.locator(".ending strong").all_text_contents() == ["lebendig"]
    until(lambda: offer_totals(server, "sprachmittlung") == (1, 0))


def test_an_unknown_code_is_told_kindly(server: Server, page_at: PageAt) -> None:
    page = page_at(locale="de-DE", expected="404")
    page.goto(server.address)

    page.fill("#code", "00000o")
    page.keyboard.press("Enter")

    expect(page.locator("#code")).to_have_value("00000O")
    expect(page.locator("#code-message")).to_have_text(
        "Diesen Code kennen wir nicht. Er steht auf dem Plakat und auf der Leinwand."
    )
