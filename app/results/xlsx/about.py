"""The last sheet: what the workbook is of, and what its words mean."""

from app.planning.models import Phase
from app.results.documentation.labels import Translate
from app.results.report import Report
from app.results.xlsx.workbook import Book


def add_about(book: Book, report: Report, _: Translate) -> None:
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
