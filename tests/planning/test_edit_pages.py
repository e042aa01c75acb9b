"""Plans changed by form, copied, and given a face; also while the café is open: C09, C11."""

import io
from contextlib import closing, suppress

import httpx
import pytest
from PIL import Image
from sqlmodel import select

from app.feedback.models import Dot
from app.planning.accent import contrast
from app.planning.models import Contact, Event, Island, Logo, Offer, Series, SeriesDate
from tests.forms import Form, Page
from tests.running import Server, until

SERIES = "/plan/series/expertinnendialoge-2023"
NEXT = "expertinnendialog-im-sozialraum-alstaden-lirich-2023"


@pytest.fixture(scope="module")
def planner(hall: Server) -> httpx.Client:
    return hall.planner()


@pytest.fixture(scope="module")
def base(hall: Server) -> str:
    return f"/plan/events/{hall.event}"


def form(planner: httpx.Client, path: str, action: str, **fields: str) -> Form:
    return Page(planner.get(path).raise_for_status()).form(action, **fields)


def press(planner: httpx.Client, path: str, action: str, **fields: str) -> httpx.Response:
    """A button that is a form of its own."""
    answer = form(planner, path, action, **fields).submit(planner)
    assert answer.status_code == 303, answer.text
    return answer


def island_titles(hall: Server) -> list[tuple[int, str]]:
    """As the wall shows them."""
    return [(island["number"], island["title"]) for island in hall.live()["islands"]]


def wall_lists(hall: Server, titles: list[tuple[int, str]]) -> None:
    """Sooner or later; else says what it lists instead."""
    with suppress(AssertionError):
        until(lambda: island_titles(hall) == titles)
    assert island_titles(hall) == titles


def offer_keys(hall: Server, number: int) -> list[str]:
    (island,) = [each for each in hall.live()["islands"] if each["number"] == number]
    return [offer["key"] for offer in island["offers"]]


def dot(hall: Server, offer: str) -> int:
    with closing(hall.phone()) as phone:
        fields = {"offer": offer, "knows": "yes"}
        return phone.post(f"/e/{hall.code}/dots", json=fields).status_code


# --- while the event runs -------------------------------------------------------------------------


def test_an_island_is_renamed_and_its_printed_code_stays_right(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    """C11"""
    before = hall.live()["version"]

    answer = form(planner, f"{base}/islands/1", "/islands/1").submit(planner, title="Wohnen")

    assert answer.headers["location"] == f"{base}/edit#island-1"
    until(lambda: hall.live()["version"] > before)
    until(lambda: island_titles(hall)[0] == (1, "Wohnen"))
    with closing(hall.phone()) as phone:
        assert "Wohnen" in phone.get(f"/E/{hall.code}/1").text
    form(planner, f"{base}/islands/1", "/islands/1").submit(planner, title="Wohnumfeld")


def test_an_offer_taken_out_answers_410_keeps_its_dots_and_comes_back(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    """C09"""
    assert dot(hall, "ehrenamtskarte") == 200
    keys = offer_keys(hall, 3)

    press(planner, f"{base}/islands/3", "/offers/ehrenamtskarte/retirement")

    until(lambda: offer_keys(hall, 3) == keys[1:])
    with closing(hall.phone()) as phone:
        fields = {"offer": "ehrenamtskarte", "knows": "yes"}
        plain = phone.post(f"/e/{hall.code}/dots", data=fields)
    assert plain.status_code == 410
    assert "Das wurde aus dem Programm genommen." in Page(plain).text
    with hall.reading() as session:
        assert len(session.exec(select(Dot).where(Dot.offer_key == "ehrenamtskarte")).all()) == 1

    press(planner, f"{base}/islands/3", "/offers/ehrenamtskarte/return")

    until(lambda: offer_keys(hall, 3) == keys)
    offers = {each["key"]: each for each in hall.live()["islands"][2]["offers"]}
    assert offers["ehrenamtskarte"]["yes"] == 1
    assert dot(hall, "ehrenamtskarte") == 200


def test_an_island_taken_out_comes_back_whole_to_its_place(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    """C09"""
    titles, keys = island_titles(hall), offer_keys(hall, 4)
    with hall.reading() as session:
        contacts = session.exec(select(Contact.name).where(Contact.island_number == 4)).all()

    press(planner, f"{base}/edit", "/islands/4/retirement")

    wall_lists(hall, titles[:3] + titles[4:])
    with closing(hall.phone()) as phone:
        gone = phone.get(f"/e/{hall.code}/4")
        assert (gone.status_code, "Nicht mehr im Programm" in gone.text) == (410, True)
    assert planner.get(f"{base}/islands/4").status_code == 410

    press(planner, f"{base}/edit", "/islands/4/return")

    wall_lists(hall, titles)
    assert offer_keys(hall, 4) == keys
    with hall.reading() as session:
        back = session.exec(select(Contact.name).where(Contact.island_number == 4)).all()
    assert back == contacts


def test_islands_and_offers_are_moved_with_plain_buttons(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    titles, keys = island_titles(hall), offer_keys(hall, 1)

    press(planner, f"{base}/edit", "/islands/2/place", direction="up")
    press(planner, f"{base}/islands/1", f"/offers/{keys[0]}/place", direction="down")

    wall_lists(hall, [titles[1], titles[0], *titles[2:]])
    until(lambda: offer_keys(hall, 1) == [keys[1], keys[0], *keys[2:]])
    press(planner, f"{base}/edit", "/islands/2/place", direction="down")
    press(planner, f"{base}/islands/1", f"/offers/{keys[0]}/place", direction="up")
    wall_lists(hall, titles)
    until(lambda: offer_keys(hall, 1) == keys)


def test_a_new_island_gets_a_number_nobody_had_and_offers_with_keys_from_their_titles(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    answer = form(planner, f"{base}/edit", "/islands").submit(planner, title="Klima")
    assert answer.headers["location"] == f"{base}/islands/13"
    adding = form(planner, f"{base}/islands/13", "/islands/13/offers")
    adding.submit(planner, title="Grünes Dach", scope="district", title_en="Green roof")
    again = form(planner, f"{base}/islands/13", "/islands/13/offers")
    assert again.submit(planner, title="Grünes Dach").status_code == 303

    with hall.reading() as session:
        offers = session.exec(select(Offer).where(Offer.island_number == 13)).all()
    assert sorted((each.key, each.title, each.scope, each.texts) for each in offers) == [
        ("gruenes-dach", "Grünes Dach", "district", {"en": {"title": "Green roof"}}),
        ("gruenes-dach-1", "Grünes Dach", "city", {}),
    ]
    assert dot(hall, "gruenes-dach") == 200

    press(planner, f"{base}/edit", "/islands/13/retirement")
    form(planner, f"{base}/edit", "/islands").submit(planner, title="Noch eine")
    until(lambda: island_titles(hall)[-1] == (14, "Noch eine"))
    press(planner, f"{base}/edit", "/islands/14/retirement")


def test_an_offer_moves_to_another_island_with_its_dots(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    assert dot(hall, "quartiersfonds") == 200
    path = f"{base}/offers/quartiersfonds"

    form(planner, path, path).submit(planner, island="2", title="Fonds")

    until(lambda: offer_keys(hall, 2)[-1] == "quartiersfonds")
    (moved,) = [each for each in hall.live()["islands"][1]["offers"] if each["title"] == "Fonds"]
    assert moved["yes"] == 1
    original = "Verfügungsfonds für Quartiersprojekte"
    form(planner, path, path).submit(planner, island="1", title=original)


@pytest.mark.parametrize("number", ["", "-1", "²", "٣", "1" * 5_000])
def test_an_offer_goes_to_no_island_that_is_no_number(
    planner: httpx.Client, base: str, number: str
) -> None:
    path = f"{base}/offers/quartiersfonds"

    assert form(planner, path, path).submit(planner, island=number).status_code == 422


# --- forms ----------------------------------------------------------------------------------------


def test_every_field_of_the_event_can_be_changed(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    shown = form(planner, f"{base}/edit", "/edit")
    typed = {
        "place": "Stadthalle",
        "date": "2023-08-17",
        "cafe_minutes": "80",
        "card_question": "Was fehlt?",
        "card_question_en": "What is missing?",
        "introduction": "Erste Zeile\r\nZweite Zeile",
        "conclusion": "Schön war es.",
        "wifi_name": "Halle",
        "wifi_password": "geheim 123",
    }

    assert shown.submit(planner, **typed).status_code == 303

    with hall.reading() as session:
        event = session.exec(select(Event).where(Event.key == hall.event)).one()
    assert (event.place, str(event.date), event.cafe_minutes) == ("Stadthalle", "2023-08-17", 80)
    assert (event.card_question, event.texts["en"]["card_question"]) == (
        "Was fehlt?",
        "What is missing?",
    )
    assert (event.introduction, event.conclusion) == ("Erste Zeile\nZweite Zeile", "Schön war es.")
    assert (event.wifi_name, event.wifi_password) == ("Halle", "geheim 123")
    assert (event.code, event.phase) == (hall.code, "cafe")
    form(planner, f"{base}/edit", "/edit").submit(
        planner, **{name: shown.fields[name] for name in typed}
    )


def test_contacts_are_added_changed_and_emptied(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    def contacts() -> list[tuple[str, str]]:
        with hall.reading() as session:
            rows = session.exec(select(Contact).where(Contact.island_number == 2))
            return [(row.name, row.mail) for row in sorted(rows, key=lambda row: row.position)]

    stored = contacts()
    form(planner, f"{base}/islands/2", "/islands/2").submit(
        planner, **{"contacts-1-name": "Bücherei", "contacts-1-mail": "buch@example.org"}
    )
    assert contacts() == [*stored, ("Bücherei", "buch@example.org")]

    form(planner, f"{base}/islands/2", "/islands/2").submit(
        planner, **{"contacts-1-name": "", "contacts-1-mail": ""}
    )
    assert contacts() == stored


def test_what_does_not_fit_is_said_at_its_field_and_kept(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    answer = form(planner, f"{base}/islands/2", "/islands/2").submit(
        planner, title="", text="Bleibt stehen", **{"contacts-0-url": "example.org"}
    )

    assert answer.status_code == 422
    shown = Page(answer)
    assert shown.form("/islands/2").fields["text"] == "Bleibt stehen"
    assert shown.form("/islands/2").fields["contacts-0-url"] == "example.org"
    assert "2 Angaben passen noch nicht." in shown.text
    wrong = [
        attributes["id"] for tag, attributes in shown.tags if attributes.get("class") == "wrong"
    ]
    assert wrong == ["island-title-error", "contacts-0-url-error"]
    assert (2, "(Weiter)Bildung / Kultur") in island_titles(hall)


def test_two_planners_don_t_overwrite_each_other(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    mine = form(planner, f"{base}/islands/5", "/islands/5")
    up = form(planner, f"{base}/edit", "/islands/5/place", direction="up")
    form(planner, f"{base}/islands/5", "/islands/5").submit(planner, title="Ihr Titel")
    dot(hall, "ehrenamtskarte")

    answer = mine.submit(planner, title="Mein Titel")
    moved = up.submit(planner)

    assert (answer.status_code, moved.status_code) == (409, 409)
    assert "Es wurde nichts überschrieben" in Page(answer).text
    assert "Gespeichert ist jetzt: Ihr Titel" in " ".join(Page(answer).text.split())
    until(lambda: island_titles(hall)[4] == (5, "Ihr Titel"))
    again = Page(answer).form("/islands/5")
    assert again.fields["title"] == "Mein Titel"
    assert again.submit(planner, title="Integration").status_code == 303


def test_the_last_island_stays(planner: httpx.Client) -> None:
    plan = b"""[series]\nkey="s"\ntitle="S"\n[event]\nkey="eine"\ntitle="Eine"\ndistrict=""
date=2026-01-01\nlocale="de"\n[[islands]]\nnumber=1\ntitle="Eins"\n"""
    preview = planner.post("/plan/import", files={"plan": ("plan.toml", plan)})
    Page(preview).form("/confirmation").submit(planner)
    seen = form(planner, "/plan/events/eine/edit", "/edit").fields["seen"]

    answer = planner.post("/plan/events/eine/islands/1/retirement", data={"seen": seen})

    assert answer.status_code == 422
    assert "Die letzte Insel kann nicht weggenommen werden." in Page(answer).text


# --- copying --------------------------------------------------------------------------------------


def test_an_event_is_copied_to_the_next_district_of_its_series(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    offered = form(planner, f"{base}/copy", "/copy")
    assert {name: offered.fields[name] for name in ("title", "district", "date", "place")} == {
        "title": "Expert*innendialog im Sozialraum Alstaden/Lirich",
        "district": "Alstaden/Lirich",
        "date": "2023-09-06",
        "place": "",
    }

    answer = offered.submit(planner, place="Bürgerhaus")
    again = offered.submit(planner)

    assert answer.headers["location"] == f"/plan/events/{NEXT}"
    assert (again.status_code, "Es gibt schon eine Veranstaltung" in again.text) == (422, True)
    with hall.reading() as session:
        source = session.exec(select(Event).where(Event.key == hall.event)).one()
        copy = session.exec(select(Event).where(Event.key == NEXT)).one()
        keys, copied = (
            sorted(
                (each.key, each.island_number, each.position)
                for each in session.exec(
                    select(Offer).where(Offer.event_id == event.id, Offer.is_retired == False)  # noqa: E712
                )
            )
            for event in (source, copy)
        )
        islands = session.exec(select(Island.number).where(Island.event_id == copy.id)).all()
        dots = session.exec(select(Dot).where(Dot.event_id == copy.id)).all()
    assert (copy.phase, copy.is_rehearsal, copy.place) == ("setup", True, "Bürgerhaus")
    assert copy.code != source.code
    assert copied == keys
    assert (sorted(islands), dots) == (list(range(1, 13)), [])
    assert form(planner, f"{base}/copy", "/copy").fields["district"] == "Osterfeld"


def test_a_copy_without_a_date_is_refused_at_its_field(planner: httpx.Client, base: str) -> None:
    answer = form(planner, f"{base}/copy", "/copy").submit(planner, date="", title="Kopie")

    assert answer.status_code == 422
    wrong = [tag[1]["id"] for tag in Page(answer).tags if tag[1].get("class") == "wrong"]
    assert wrong == ["copy-date-error"]


def test_a_copy_of_another_age_is_refused_and_the_dates_of_the_series_stay(
    hall: Server, planner: httpx.Client, base: str
) -> None:
    """A year typed wrong; it would make every spreadsheet of the series one that can't be read."""
    answer = form(planner, f"{base}/copy", "/copy").submit(planner, date="0224-05-06")

    assert answer.status_code == 422
    wrong = [tag[1]["id"] for tag in Page(answer).tags if tag[1].get("class") == "wrong"]
    assert wrong == ["copy-date-error"]
    with hall.reading() as session:
        assert all(day.date.year == 2023 for day in session.exec(select(SeriesDate)))


# --- the series -----------------------------------------------------------------------------------


def test_a_colour_that_white_text_can_be_read_on_is_taken(
    hall: Server, planner: httpx.Client
) -> None:
    form(planner, SERIES, SERIES).submit(planner, accent="#0F766E")

    with hall.reading() as session:
        assert session.exec(select(Series)).first().accent == "#0f766e"

    answer = form(planner, SERIES, SERIES).submit(planner, accent="#ffcc00")

    assert answer.status_code == 422
    text = " ".join(Page(answer).text.split())
    assert "nur einen Kontrast von 1,5 zu 1; nötig sind 4,5." in text
    darker = text.split("zum Beispiel ")[1][:7]
    assert contrast(darker, "#ffffff") >= 4.5
    assert form(planner, SERIES, SERIES).fields["accent"] == "#0f766e"
    assert form(planner, SERIES, SERIES).submit(planner, accent="teal").status_code == 422


def picture(kind: str, size: tuple[int, int] = (1600, 800)) -> bytes:
    file = io.BytesIO()
    image = Image.new("RGB", size, "#0f766e")
    exif = Image.Exif()
    exif[0x010E] = "taken by Ada"
    image.save(file, kind, **({"exif": exif} if kind != "PNG" else {}))
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/png")],
)
def test_a_logo_is_drawn_anew(planner: httpx.Client, kind: str, media_type: str) -> None:
    answer = planner.post(f"{SERIES}/logo", files={"logo": ("logo", picture(kind))})
    logo = planner.get(f"{SERIES}/logo")

    assert answer.status_code == 303
    assert logo.headers["content-type"] == media_type
    assert Image.open(io.BytesIO(logo.content)).size == (1200, 600)
    assert b"Ada" not in logo.content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "PNG, JPEG oder WebP wählen"),
        (b"GIF89a" + bytes(100), "PNG, JPEG oder WebP wählen"),
        (picture("PNG")[:600], "Das Bild ist beschädigt."),
        (picture("PNG", (6000, 4000)), "höchstens 20 Millionen"),
        (bytes(2_000_100), "höchstens 2 MB"),
    ],
    ids=["svg", "gif", "half", "pixels", "bytes"],
)
def test_what_is_no_logo_is_refused_and_the_old_one_stays(
    hall: Server, planner: httpx.Client, content: bytes, why: str
) -> None:
    planner.post(f"{SERIES}/logo", files={"logo": ("logo", picture("PNG"))})

    answer = planner.post(f"{SERIES}/logo", files={"logo": ("logo", content)})

    assert (answer.status_code, why in answer.text) == (422, True)
    assert planner.get(f"{SERIES}/logo").status_code == 200


def test_a_logo_is_removed(hall: Server, planner: httpx.Client) -> None:
    planner.post(f"{SERIES}/logo", files={"logo": ("logo", picture("PNG"))})

    answer = Page(planner.get(SERIES)).form("/logo", remove="yes").submit(planner)

    assert answer.status_code == 303
    assert planner.get(f"{SERIES}/logo").status_code == 404
    with hall.reading() as session:
        assert session.exec(select(Logo)).all() == []
