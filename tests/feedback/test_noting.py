"""Worth a "no": what the offer is, whom to ask, and a list of it that only the phone has."""

from tests.forms import Page
from tests.planning.test_vcard import read
from tests.running import Server

ASKED = "Was ist das?"


def test_after_a_no_the_offer_says_what_it_is_and_whom_to_ask(hall: Server) -> None:
    phone = hall.phone(follow_redirects=True)
    island = Page(phone.get(f"/e/{hall.code}/5"))
    assert ASKED not in island.text

    asked = Page(island.form("/dots", offer="rucksack-kita").submit(phone, "no"))

    assert asked.text.count(ASKED) == 1
    said = " ".join(asked.text.split(ASKED)[1].split())
    assert said.startswith("Elternbildung und Sprachförderung in der Kita. Wen fragen? Stadt Ober")
    assert asked.links.count(f"/e/{hall.code}/5/contacts/1.vcf") == 2, "there, and below for all"
    assert ASKED not in Page(asked.form("/dots", offer="rucksack-kita").submit(phone, "yes")).text


def test_a_contact_is_a_file_for_the_address_book(hall: Server) -> None:
    answer = hall.phone().get(f"/e/{hall.code}/5/contacts/1.vcf")

    assert answer.headers["content-type"] == "text/vcard; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="contact-5-1.vcf"'
    lines = dict(read(answer.content))
    assert lines["FN"] == "Stadt Oberhausen, Bereich 2-6 Kommunales Integrationszentrum"
    assert lines["NOTE"] == "Integration\nExpert*innendialog im Sozialraum Mitte/Styrum"


def test_there_are_no_other_contacts(hall: Server) -> None:
    phone = hall.phone()
    paths = [f"/e/{hall.code}/5/contacts/{place}.vcf" for place in (0, 2, 99)]
    paths.append(f"/e/{hall.code}/99/contacts/1.vcf")

    assert [phone.get(path).status_code for path in paths] == [404] * 4


def test_without_scripts_the_list_says_why_it_is_empty_and_nothing_leads_to_it(
    hall: Server,
) -> None:
    phone = hall.phone()

    page = Page(phone.get(f"/e/{hall.code}/notes"))

    assert "Die Merkliste braucht JavaScript" in page.text
    hidden = [of for tag, of in page.tags if tag == "li" and "data-offer" in of]
    assert len(hidden) > 20
    assert all("hidden" in of for of in hidden)
    island = Page(phone.get(f"/e/{hall.code}/5"))
    ways = [of for _, of in island.tags if of.get("class") in ("notes", "quiet note")]
    assert len(ways) > 1
    assert all("hidden" in of for of in ways)
