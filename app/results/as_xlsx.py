"""The results as a workbook to work with and to print, in the language of the event."""

from collections.abc import Callable

from app.planning.models import Phase
from app.results.documentation import marks
from app.results.documentation_words import progress_words
from app.results.report import Report
from app.results.reported import ReportedIsland
from app.results.workbook import Bars, Book, Cell, Column, Series

Translate = Callable[[str], str]

YES, NO = "#0F766E", "#D9480F"  # teal and vermilion, as on the wall


def results_xlsx(report: Report, _: Translate) -> bytes:
    """Sheets: overview, one an island, cards, words, about; `_` translates from German.

    The same report gives the same bytes, so the file is dated by the event's last change.
    """
    book = Book(report.event.changed_at, report.event.title)
    _overview(book, report, _)
    for island in report.islands:
        _island(book, island, _)
    _cards(book, report, _)
    _words(book, report, _)
    _about(book, report, _)
    return book.finished()


def _overview(book: Book, report: Report, _: Translate) -> None:
    sheet = book.sheet(_("Übersicht"))
    totals = report.totals
    columns = [
        Column(_("Nr."), 6, "number"),
        Column(_("Themeninsel"), 44),
        Column(_("Ja"), 10, "number"),
        Column(_("Nein"), 10, "number"),
        Column(_("Bekanntheit"), 14, "percent"),
        Column(_("Karten"), 10, "number"),
    ]
    rows: list[list[Cell]] = [
        [island.number, island.title, island.yes, island.no, island.awareness, len(island.cards)]
        for island in report.islands
    ]
    book.set_widths(sheet, columns)
    sheet.write_string(0, 0, report.event.title, book.formats["title"])
    book.write(sheet, 1, 0, " ".join(marks(report, _)) or None, "label")
    row = book.table(sheet, 2, columns, rows)
    sheet.freeze_panes(3, 0)
    sheet.write_string(row, 1, _("Summe"), book.formats["label"])
    for column, total in ((2, totals.yes), (3, totals.no), (5, totals.cards)):
        book.write(sheet, row, column, total, "number")
    for label, number in (
        (_("Geräte"), report.devices),
        (_("Wörter"), totals.words),
        (_("Teilnehmende"), report.event.attendees),
        (_("Institutionen"), report.event.institutions),
    ):
        row += 1
        sheet.write_string(row, 1, label, book.formats["label"])
        book.write(sheet, row, 2, number, "number")
    if rows:
        bars = Bars(_("Wer kennt die Angebote?"), first=3, last=2 + len(rows), names=1)
        book.tally_chart(sheet, (2, 7), bars, _yes_and_no(_))


def _island(book: Book, island: ReportedIsland, _: Translate) -> None:
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
        book.tally_chart(sheet, (row + 1, 0), bars, _yes_and_no(_))


def _yes_and_no(_: Translate) -> list[Series]:
    """Both tables with bars have these columns in the same place."""
    return [Series(_("Ja"), 2, YES), Series(_("Nein"), 3, NO)]


def _cards(book: Book, report: Report, _: Translate) -> None:
    sheet = book.sheet(_("Karten"))
    columns = [
        Column(_("Nr."), 6, "number"),
        Column(_("Themeninsel"), 30),
        Column(_("zum Angebot"), 36),
        Column(_("Moderationskarte"), 80),
        Column(_("Zustimmungen"), 16, "number"),
        Column(_("Thema"), 30),
        Column(_("Ergebnis"), 20),
        Column(_("Zuständig"), 30),
        Column(_("Stand"), 14),
        Column(_("Begründung"), 40),
    ]
    titles = {offer.key: offer.title for island in report.islands for offer in island.offers}
    named = progress_words(_)
    follow_up: dict[str | None, list[Cell]] = {
        group.id: [
            group.title,
            group.outcome or None,
            group.department or None,
            named[group.progress],
            group.reason or None,
        ]
        for group in report.groups
    }
    ungrouped: list[Cell] = [None] * 5
    rows: list[list[Cell]] = [
        [
            island.number,
            island.title,
            titles.get(card.offer or ""),
            card.text,
            card.supports,
            *follow_up.get(card.group, ungrouped),
        ]
        for island in report.islands
        for card in island.cards
    ]
    book.set_widths(sheet, columns)
    sheet.freeze_panes(1, 0)
    book.table(sheet, 0, columns, rows)


def _words(book: Book, report: Report, _: Translate) -> None:
    sheet = book.sheet(_("Wörter"))
    columns = [
        Column(_("Wort"), 32),
        Column(_("Geräte"), 12, "number"),
        Column(_("Schreibweisen"), 80),
    ]
    rows: list[list[Cell]] = [
        [
            word.word,
            word.count,
            ", ".join(f"{variant.text} ({variant.count})" for variant in word.variants),
        ]
        for word in report.words
    ]
    book.set_widths(sheet, columns)
    sheet.freeze_panes(1, 0)
    book.table(sheet, 0, columns, rows)


def _about(book: Book, report: Report, _: Translate) -> None:
    sheet = book.sheet(_("Hinweise"))
    event = report.event
    phases = {
        Phase.setup: _("Vorbereitung"),
        Phase.cafe: _("World Café"),
        Phase.cloud: _("Wortwolke"),
        Phase.closed: _("beendet"),
    }
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, _("Veranstaltung"), book.formats["label"])
    sheet.write_string(0, 1, event.title, book.formats["text"])
    sheet.write_string(1, 0, _("Datum"), book.formats["label"])
    sheet.write_datetime(1, 1, event.date, book.formats["date"])
    notes = [
        (_("Sozialraum"), event.district),
        (_("Ort"), event.place),
        (_("Phase"), phases[event.phase]),
        (_("Probe"), _("ja: Probezahlen") if event.is_rehearsal else _("nein")),
        (_("Ja, Nein"), _("Punkte von Handys und Tablets und gezählte Papierpunkte zusammen.")),
        (_("Bekanntheit"), _("Ja geteilt durch (Ja + Nein); leer, wenn niemand geantwortet hat.")),
        (
            _("mindestens, höchstens"),
            _("95-%-Vertrauensbereich der Bekanntheit nach Wilson (1927)."),
        ),
        (_("Geräte"), _("Browser mit einem Punkt, einer Karte oder einem Wort; nie Personen.")),
        (_("Karten, Wörter"), _("Nur freigegebene.")),
    ]
    for row, (label, note) in enumerate(notes, 2):
        sheet.write_string(row, 0, label, book.formats["label"])
        book.write(sheet, row, 1, note, "text")
