"""The sheet of an island: its offers with a chart, its contacts, its cards."""

from app.results.documentation.labels import Translate
from app.results.reported.islands import ReportedIsland
from app.results.xlsx.workbook import Bars, Book, Cell, Column, Series

YES, NO = "#0F766E", "#D9480F"  # teal and vermilion, as on the wall


def add_island(book: Book, island: ReportedIsland, _: Translate) -> None:
    sheet = book.sheet(f"{island.number} {island.title}")
    offers = [
        Column(_("Angebot"), 60),
        Column(_("Reichweite"), 16),
        Column(_("Ja"), 10, "number"),
        Column(_("Nein"), 10, "number"),
        Column(_("Bekanntheit"), 14, "percent"),
        Column(_("mindestens (95 %)"), 18, "percent"),
        Column(_("höchstens (95 %)"), 18, "percent"),
        Column(_("Tablet: Ja"), 12, "number"),
        Column(_("Tablet: Nein"), 12, "number"),
        Column(_("Papier: Ja"), 12, "number"),
        Column(_("Papier: Nein"), 12, "number"),
    ]
    scopes = {"city": _("ganze Stadt"), "district": _("nur in diesem Sozialraum")}
    rows: list[list[Cell]] = [
        [
            offer.title,
            scopes.get(offer.scope, offer.scope),
            offer.yes,
            offer.no,
            offer.awareness,
            *(offer.interval or (None, None)),
            offer.tablet_yes,
            offer.tablet_no,
            offer.paper_yes,
            offer.paper_no,
        ]
        for offer in island.offers
    ]
    book.set_widths(sheet, offers)
    sheet.write_string(0, 0, f"{island.number} {island.title}", book.formats["title"])
    sheet.freeze_panes(1, 0)
    row = book.table(sheet, 2, offers, rows)
    contacts = [Column(header, 0) for header in (_("Kontakt"), _("Web"), _("Mail"), _("Telefon"))]
    row = book.table(
        sheet,
        row + 1,
        contacts,
        [[contact.name, contact.url, contact.mail, contact.phone] for contact in island.contacts],
    )
    titles = {offer.key: offer.title for offer in island.offers}
    cards = [Column(_("Moderationskarte"), 0), Column(_("zum Angebot"), 0)]
    cards.append(Column(_("Zustimmungen"), 0, "number"))
    row = book.table(
        sheet,
        row + 1,
        cards,
        [[card.text, titles.get(card.offer or ""), card.supports] for card in island.cards],
    )
    if rows:
        bars = Bars(_("Wer kennt die Angebote?"), first=3, last=2 + len(rows), names=0)
        book.tally_chart(sheet, (row + 1, 0), bars, yes_and_no(_))


def yes_and_no(_: Translate) -> list[Series]:
    """Both tables with bars have these columns in the same place."""
    return [Series(_("Ja"), 2, YES), Series(_("Nein"), 3, NO)]
