"""The rehearsal reads pages as a browser without JavaScript does."""

from app.operations.rehearsal.forms import Form, read_page

ISLAND = """
<!doctype html><title>Insel 1</title>
<a href="/e/ABC234">Übersicht</a> <a href="/e/ABC234/2">2</a> <a href="/e/abc234/10#karten">10</a>
<a href="/e/ABC234/2">noch einmal</a> <a href="/e/ABC234/results">Ergebnisse</a>
<a href="https://example.org/e/x">fremd</a>
<form action="/search"><input name="q"></form>
<form method="post" action="/e/ABC234/dots">
  <input type="hidden" name="offer" value="vhs &amp; mehr">
  <button name="knows" value="yes">Kenne ich</button>
  <button type="submit" name="knows" value="no">Kenne ich nicht</button>
  <button name="knows" value="withdraw" disabled>Zurücknehmen</button>
</form>
<form method="POST" action="cards-elsewhere"><input type="checkbox" name="a" value="1">
  <input type="checkbox" name="b" value="2" checked></form>
<form method="post" action="/e/ABC234/cards">
  <input type="hidden" name="island" value="1"><input type="hidden" name="submission" value="s1">
  <select name="offer"><option value="">alle</option><option value="vhs">VHS</option></select>
  <textarea name="text">Mein
Entwurf</textarea><button>Senden</button>
</form>
<form method="post" action="/e/ABC234/cards/s0/withdrawal"><button>Zurückziehen</button></form>
<form method="post"><input name="text"></form>
"""


def test_the_forms_of_an_island_are_found_with_all_their_fields() -> None:
    page = read_page(ISLAND, "/e/ABC234/1")

    assert page.dot_forms == {
        "vhs & mehr": Form(
            "/e/ABC234/dots",
            fields={"offer": "vhs & mehr"},
            buttons=[("knows", "yes"), ("knows", "no")],
        )
    }
    assert page.card_forms == [
        Form(
            "/e/ABC234/cards",
            fields={"island": "1", "submission": "s1", "offer": "", "text": "Mein\nEntwurf"},
            choices={"offer": ["", "vhs"]},
        )
    ]
    assert page.word_forms == []


def test_a_withdrawal_is_found_by_its_submission_only() -> None:
    page = read_page(ISLAND, "/e/ABC234/1")

    assert page.withdrawal("cards", "s0") == Form("/e/ABC234/cards/s0/withdrawal")
    assert page.withdrawal("cards", "s1") is None
    assert page.withdrawal("words", "s0") is None


def test_islands_are_found_once_each_in_the_order_of_the_page() -> None:
    assert read_page(ISLAND, "/e/ABC234/1").island_numbers == [2, 10]


def test_only_posting_forms_are_read_and_an_unchecked_box_is_not_sent() -> None:
    forms = read_page(ISLAND, "/e/ABC234/1").forms

    assert [form.fields for form in forms if form.action == "cards-elsewhere"] == [{"b": "2"}]
    assert [form for form in forms if form.action == "/search"] == []


def test_a_form_without_an_address_goes_to_its_own_page() -> None:
    page = read_page('<form method="post"><input name="text"></form>', "/e/ABC234")

    assert page.forms == [Form("/e/ABC234", fields={"text": ""})]
