"""The results as a workbook to work with and to print, in the language of the event."""

from app.results.documentation.event import marks
from app.results.documentation.labels import Translate, progress_labels
from app.results.report import Report
from app.results.xlsx.about import add_about
from app.results.xlsx.islands import add_island, yes_and_no
from app.results.xlsx.workbook import Bars, Book, Cell, Column


def results_xlsx(report: Report, _: Translate) -> bytes:
    """Sheets: overview, one an island, cards, words, about; `_` translates from German.

    The same report gives the same bytes, so the file is dated by the event's last change.
    """
    book = Book(report.event.changed_at, report.event.title)
    _overview(book, report, _)
    for island in report.islands:
        add_island(book, island, _)
    _cards(book, report, _)
    _words(book, report, _)
    add_about(book, report, _)
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
        book.tally_chart(sheet, (2, 7), bars, yes_and_no(_))


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
    named = progress_labels(_)
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
