"""Which texts a person should see before everybody else does. I06"""

import pytest

from app.feedback.filter import Finding, entries_of, findings, is_held, shipped_words
from app.feedback.text import cleaned_card

INSULTS = [
    "Depp", "DEPPEN", "d3pp", "1d10t", "Ihr Idioten seid das!", "Idiot*innen", "Vollidiot",  # leet
    "scheiße", "Scheisse", "SCHEIẞE", "Sch3isse", "sche1ß3", "$cheiße", "Scheiiiiiße", "Scheibenscheiße",
    "Blödmann", "Bloedmann", "Blodmann", "Blo\u0308dmann", "Krüppel", "Krueppel",
    "Arschloch", "@rschl0ch", "4rschloch", "A****loch", "Ars*hloch", "Riesenarschloch",
    "Fuuuuck", "f*ck", "fück", "F.U.C.K", "f u c k", "motherfucker", "sh1t", "b!tch", "n1gger",
    "s c h e i ß e", "S C H E I S S E", "s-c-h-e-i-ß-e", "so ein i d i o t !", "f_u_c_k",
    "ＤＥＰＰ", "Dерр", "heil hitler", "Heil   Hitler!", "sieg-heil", "Hurensohn", "Hurens0hn", "schwachkopf",
    "Wi-xer", "Idi.ot", "fu_ck", "Nig-ger", "sch‐eiße", "Αrsch", "Arѕch", "ıdiot", "Idiøt", "fυck", "penιs",
    "ArschIoch", "ldiot", "ƒick", "🅵🅸🅲🅺", "🇫🇮🇨🇰",
]  # fmt: skip
INNOCENT = [
    "Assistenz", "Klassik", "Klasse", "Massage", "Dickicht", "Charles Dickens", "dickes Lob", "Analyse",
    "Kanal", "Scunthorpe", "Middlesex", "Cockpit", "Bassist", "Hass", "Fass", "Pass", "Marsch", "Arsenal",
    "Deponie", "Depot", "Depression", "Hürde", "Hurrikan", "Muscheln", "Nachtigall", "Negation", "Integer",
    "Penny", "Spaß", "Spass", "Spastik", "Bitcoin", "Fickert", "Fagott", "Sauna", "Sauce", "Transport",
    "transparent", "Trans", "Slutzk", "Shitake", "Prickeln", "Konkurrenz", "wichtig", "Wischer", "Pisa",
    "Nazareth", "Tuning", "Mösbach", "Kaktus", "spannend", "Mehr Bänke im Park", "24/7", "€ sparen",
    "Ein-Euro-Job", "Wi-Fi", "E-Mail", "Nazareth-Kirche", "🇩🇪 🇫🇮", "μg", "Ålborg", "Łódź", "Ελλη",
    "z. B. i. d. R. um 9", "A B C", "Plan B / C / D", "**wichtig**", "100 % gut!!!", "★ toll ★",
]  # fmt: skip


@pytest.mark.parametrize("text", INSULTS)
def test_insults_are_held_in_any_spelling(text: str) -> None:
    """I06: umlauts, leet, masked, stretched and spaced letters."""
    assert findings(cleaned_card(text)) == (Finding.listed,)


@pytest.mark.parametrize("text", INNOCENT)
def test_a_word_that_only_contains_one_is_not_held(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ada@example.org", Finding.mail),
        ("Schreibt an ada.l@mail.example.de!", Finding.mail),
        ("ada (at) example", Finding.mail),
        ("Ruft an: 0208 825 1234", Finding.phone),
        ("+49 (208) 825-1234", Finding.phone),
        ("0171-12-34-567", Finding.phone),
        ("0208.8251234", Finding.phone),
        ("Tel:02081234567", Finding.phone),
        ("825-1234", Finding.phone),
        ("https://example", Finding.url),
        ("www.oberhausen", Finding.url),
        ("Infos auf oberhausen.de/termine", Finding.url),
        ("Besucht Mein-Kiez.ruhr.", Finding.url),
    ],
)
def test_addresses_are_held_and_it_is_said_which(text: str, found: Finding) -> None:
    """I11"""
    assert findings(text) == (found,)


@pytest.mark.parametrize(
    "text",
    ["seit 2023", "2023/2024", "2022-2023", "2019/2020/2021", "01.05.2024", "01/05/2024", "5-6-2024",
     "vom 01.05. bis 03.05.2024", "Ausflug um 14:30", "09:00-12:00", "Mo-Fr 8-16 Uhr", "10-12, 14-16 Uhr",
     "1 000 000 Euro", "1.000.000 Euro", "46045 Oberhausen", "Bus 122, 143, 185", "3,50 Euro", "z.B. mehr",
     "e.V.", "gut.Aber mehr", "24/7", "@home", "mehr @ uns"],
)  # fmt: skip
def test_dates_times_and_sums_are_no_addresses(text: str) -> None:
    assert findings(text) == ()


def test_everything_that_is_found_is_said() -> None:
    text = "Ihr Deppen: ada@example.org, 0208 825 1234, www.depp.org"
    assert findings(text) == (Finding.mail, Finding.phone, Finding.url, Finding.listed)


def test_an_event_has_its_own_list_in_place_of_ours() -> None:
    own = "Konkurrenz*\nrote Laterne\n*bude\nFußabtreter"

    held = ["konkurrenzlos", "die ROTE  LATERNE", "Würstchenbude", "fussabtreter", "Fußabtretern"]
    free = ["Depp", "rote", "Laterne rote", "Budenzauber", "Fuß"]

    assert [text for text in held if not is_held(text, own)] == []
    assert [text for text in free if is_held(text, own)] == []


@pytest.mark.parametrize(
    ("entry", "innocent"),
    [("ass", "Assistenz"), ("ass", "Klassik"), ("dick", "Dickicht"), ("anal", "Analyse"), ("anal", "Kanal"),
     ("tit", "Titel"), ("cum", "Dokument"), ("nazi", "Nazareth"), ("hure", "Hurrikan"), ("depp", "Depot")],
)  # fmt: skip
def test_a_short_entry_holds_itself_and_no_longer_word(entry: str, innocent: str) -> None:
    """The Scunthorpe problem."""
    assert (is_held(entry.upper(), entry), is_held(innocent, entry)) == (True, False)


def test_an_empty_list_holds_addresses_only() -> None:
    assert (is_held("Depp", ""), is_held("ada@example.org", "")) == (False, True)


def test_a_list_is_read_without_comments_blank_lines_and_repetitions() -> None:
    assert entries_of("# so\n\n depp \nrote   Laterne\ndepp\n***\n12\n") == ["depp", "rote Laterne"]


@pytest.mark.parametrize("entry", ["a(b", "[x]", "a|b", "x\\", "(?P<a>b", "a+?", "äöü", "ß", "*a*"])
def test_a_list_may_hold_whatever_somebody_types(entry: str) -> None:
    assert (is_held(f"so {entry.strip('*')} ist es", entry), is_held("Feste", entry)) == (
        True,
        False,
    )


def test_every_entry_of_our_own_list_holds_itself() -> None:
    entries = shipped_words().split("\n")

    assert [entry for entry in entries if not is_held(entry.strip("*"))] == []
    assert len(entries) > 80
