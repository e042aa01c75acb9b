"""A planner uploads a plan, looks at what it would change, and decides."""

from contextlib import closing

import httpx
import pytest
from sqlmodel import select

from app.feedback.models import Dot
from app.planning.models import Event, Island, Offer
from tests.forms import Page
from tests.planning.books import ods, small, xlsx
from tests.running import EXAMPLE, Server


@pytest.fixture(scope="module")
def planner(hall: Server) -> httpx.Client:
    return hall.planner()


def upload(planner: httpx.Client, name: str, content: bytes) -> httpx.Response:
    return planner.post("/plan/import", files={"plan": (name, content)})


def decide(planner: httpx.Client, preview: httpx.Response, **values: str) -> httpx.Response:
    return Page(preview).form("/plan/import/confirmation").submit(planner, **values)


def events(hall: Server) -> list[str]:
    with hall.reading() as session:
        return sorted(session.exec(select(Event.key)))


def islands(hall: Server, key: str) -> list[tuple[int, str, bool]]:
    with hall.reading() as session:
        event = session.exec(select(Event).where(Event.key == key)).one()
        rows = session.exec(select(Island).where(Island.event_id == event.id))
        return sorted((row.number, row.title, row.is_retired) for row in rows)


def test_a_spreadsheet_becomes_an_event_only_after_the_preview(
    hall: Server, planner: httpx.Client
) -> None:
    book = small()
    book["Veranstaltung"][2][1] = "Dialog Nord"
    before = events(hall)

    preview = upload(planner, "Plan.XLSX", xlsx(book))

    assert preview.status_code == 200
    assert events(hall) == before
    decided = decide(planner, preview)
    key = "dialog-nord-mitte-2026"
    assert (decided.status_code, decided.headers["location"]) == (303, f"/plan/events/{key}")
    assert events(hall) == sorted([*before, key])
    assert islands(hall, key) == [(1, "Wohnen", False), (2, "Ehrenamt", False)]
    with hall.reading() as session:
        assert session.exec(select(Event).where(Event.key == key)).one().is_rehearsal


def test_twenty_errors_are_shown_and_nothing_is_changed(
    hall: Server, planner: httpx.Client
) -> None:
    """I16"""
    book = small()
    book["Angebote"] += [[1, "Falsch!", None, "Mond", None]] * 6 + [[3, None, "x", "", None]] * 2
    before = events(hall)

    answer = upload(planner, "plan.ods", ods(book))

    assert answer.status_code == 422
    cells = [f"Angebote!{column}{row}" for row in range(5, 11) for column in "BCD"]
    assert [cell for cell in cells if f"<b>{cell}</b>" in answer.text] == cells
    assert answer.text.count("<b>Angebote!") == 18 + 5 + 2
    assert Page(answer).all("/plan/import/confirmation") == []
    assert events(hall) == before


def test_an_error_says_which_value_it_is_about(planner: httpx.Client) -> None:
    book = small()
    book["Inseln"][2][1] = None

    answer = upload(planner, "plan.xlsx", xlsx(book))

    assert "Inseln!B3Titel: Diese Angabe fehlt." in Page(answer).text


def test_the_errors_of_a_toml_plan_come_with_their_lines(planner: httpx.Client) -> None:
    answer = upload(
        planner, "plan.toml", EXAMPLE.read_bytes().replace(b"number = 2", b"number = 1")
    )

    assert answer.status_code == 422
    assert "ist schon vergeben" in Page(answer).text


@pytest.mark.parametrize("kind", ["xlsx", "toml"])
def test_an_exported_plan_changes_nothing_when_it_comes_back(
    hall: Server, planner: httpx.Client, kind: str
) -> None:
    content = planner.get(f"/plan/events/{hall.event}/plan.{kind}").content

    preview = upload(planner, f"plan.{kind}", content)

    assert preview.status_code == 200
    assert "Die Datei enthält genau das, was schon gespeichert ist." in Page(preview).text
    assert "Änderungen übernehmen" not in Page(preview).text


def test_the_preview_tells_what_changes_and_how_many_dots_are_kept(
    hall: Server, planner: httpx.Client
) -> None:
    for knows in ("yes", "no"):
        with closing(hall.phone()) as phone:
            fields = {"offer": "ehrenamtskarte", "knows": knows}
            phone.post(f"/e/{hall.code}/dots", json=fields).raise_for_status()
    text = EXAMPLE.read_text("utf-8")
    parts = text.split("[[islands]]")
    del parts[3]
    changed = "[[islands]]".join(parts).replace('"Wohnumfeld"', '"Wohnen"')

    preview = upload(planner, "plan.toml", changed.encode())

    shown = " ".join(Page(preview).text.split())
    assert (
        "1 geändert 1 Wohnen Titel bisher: Wohnumfeld neu: Wohnen 1 nicht mehr dabei 3 Ehrenamt"
        in (shown)
    )
    assert "3 Ehrenamtskarte NRW 2 Punkte bleiben erhalten" in shown

    assert decide(planner, preview).status_code == 303
    assert islands(hall, hall.event)[2] == (3, "Ehrenamt", True)
    with closing(hall.phone()) as phone:
        assert phone.get(f"/e/{hall.code}/3").status_code == 410

    back = upload(planner, "plan.toml", text.encode())
    assert "wieder dabei" in Page(back).text
    assert decide(planner, back).status_code == 303
    with hall.reading() as session:
        offer = session.exec(select(Offer).where(Offer.key == "ehrenamtskarte")).one()
        dots = session.exec(select(Dot).where(Dot.offer_key == "ehrenamtskarte")).all()
        assert (offer.is_retired, len(dots)) == (False, 2)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    hall: Server, planner: httpx.Client
) -> None:
    text = EXAMPLE.read_text("utf-8")
    mine = upload(planner, "plan.toml", text.replace('"Wohnumfeld"', '"Meins"').encode())
    theirs = upload(planner, "plan.toml", text.replace('"Wohnumfeld"', '"Ihres"').encode())
    assert decide(planner, theirs).status_code == 303

    answer = decide(planner, mine)

    assert answer.status_code == 409
    assert "Es wurde nichts überschrieben." in Page(answer).text
    assert islands(hall, hall.event)[0] == (1, "Ihres", False)
    assert decide(planner, answer).status_code == 303, "having seen it, she decides again"
    assert islands(hall, hall.event)[0] == (1, "Meins", False)
    decide(planner, upload(planner, "plan.toml", text.encode()))


def test_dots_given_meanwhile_are_no_change_of_the_plan(
    hall: Server, planner: httpx.Client
) -> None:
    text = EXAMPLE.read_text("utf-8")
    preview = upload(planner, "plan.toml", text.replace('"Wohnumfeld"', '"Wohnen"').encode())
    with closing(hall.phone()) as phone:
        fields = {"offer": "umweltberatung", "knows": "yes"}
        phone.post(f"/e/{hall.code}/dots", json=fields).raise_for_status()

    assert decide(planner, preview).status_code == 303
    decide(planner, upload(planner, "plan.toml", text.encode()))


def test_a_preview_that_was_tampered_with_is_refused(planner: httpx.Client) -> None:
    preview = upload(planner, "plan.xlsx", xlsx(small()))
    token = Page(preview).form("/plan/import/confirmation").fields["plan"]

    answer = decide(planner, preview, plan="A" + token[1:])

    assert answer.status_code == 422


def test_no_file_and_a_file_that_is_too_large_are_said_so(planner: httpx.Client) -> None:
    """I01"""
    nothing = planner.post("/plan/import", files={"plan": ("", b"")})
    two = upload(planner, "plan.xlsx", bytes(2_100_000))
    four = upload(planner, "plan.xlsx", bytes(4_000_000))

    assert (nothing.status_code, "Bitte wählen Sie eine Datei." in nothing.text) == (422, True)
    assert (two.status_code, "höchstens 2 MB" in two.text) == (422, True)
    assert four.status_code == 413


def test_strangers_are_sent_away_before_their_upload_is_read(hall: Server) -> None:
    stranger = hall.client()

    assert stranger.post("/plan/import", files={"plan": ("a.xlsx", b"x")}).status_code == 403
    assert stranger.post("/plan/import/confirmation", data={"plan": "x"}).status_code == 403
    for path in ("/plan/import", "/plan/template.xlsx", f"/plan/events/{hall.event}/plan.xlsx"):
        assert stranger.get(path).headers["location"] == "/sign-in"


def test_other_addresses_take_no_more_than_before(hall: Server, planner: httpx.Client) -> None:
    """I01"""
    assert planner.post("/join", content=bytes(70_000)).status_code == 413
    assert planner.post("/plan/importer", content=bytes(70_000)).status_code == 413


def test_the_template_comes_in_german_and_english(planner: httpx.Client) -> None:
    for address, title in (
        ("/plan/template.xlsx", "Sozialraumdialog Innenstadt"),
        ("/plan/template.xlsx?language=en", "District dialogue City centre"),
    ):
        preview = upload(planner, "plan.xlsx", planner.get(address).content)
        assert f"Neu: {title}" in Page(preview).text
    assert planner.get("/plan/template.xlsx?language=xx").status_code == 422


def test_the_command_line_takes_spreadsheets(hall: Server, tmp_path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(xlsx(small()))
    (tmp_path / "wrong.ods").write_bytes(
        ods(small() | {"Angebote": [["Insel", "Titel"], [7, "x"]]})
    )

    done = hall.run("import", str(tmp_path / "plan.xlsx"), "--json")
    wrong = hall.run("import", str(tmp_path / "wrong.ods"))
    other = hall.run("import", str(tmp_path / "plan.csv"))

    assert (done.returncode, '"event": "dialog-mitte-2026"' in done.stdout) == (0, True)
    assert (wrong.returncode, wrong.stdout, wrong.stderr) == (
        1,
        "",
        "Angebote!A2: Eine Insel mit dieser Nummer steht nicht im Blatt „Inseln“.\n",
    )
    assert other.returncode == 1
