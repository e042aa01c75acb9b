"""What the documentation says besides the event's own texts: its headings and labels, in one language."""

from collections.abc import Callable

from app.results.followup.models import Progress

Translate = Callable[[str], str]


def labels(_: Translate) -> dict[str, str]:
    """By the names that the layouts call them."""
    return {
        "documentation": _("Dokumentation"),
        "contents": _("Inhalt"),
        "introduction": _("Einführung"),
        "set_up": _("So lief das World Café"),
        "fact": _("Was"),
        "value": _("Angabe"),
        "reading": _("So lesen Sie die Zahlen"),
        "overview": _("Überblick"),
        "best": _("Am bekanntesten"),
        "least": _("Am wenigsten bekannt"),
        "all_offers": _("Alle Angebote"),
        "islands": _("Themeninseln"),
        "island": _("Insel"),
        "offer": _("Angebot"),
        "offers": _("Angebote"),
        "yes": _("Ja"),
        "no": _("Nein"),
        "awareness": _("Bekanntheit"),
        "no_offers": _("Diese Insel stellte keine einzelnen Angebote vor."),
        "contact": _("Kontakt"),
        "key_sentence": _("Kernsatz der Insel"),
        "note": _("Notiz der Gastgeber*innen"),
        "cards": _("Vorschläge"),
        "no_cards": _("Zu dieser Insel wurde kein Vorschlag geschrieben."),
        "photos": _("Fotos"),
        "follow_up": _("Was aus den Vorschlägen wird"),
        "group": _("Thema"),
        "outcome": _("Ergebnis"),
        "department": _("Zuständig"),
        "progress": _("Stand"),
        "conclusion": _("Fazit"),
        "cloud": _("Wortwolke"),
        "word": _("Wort"),
        "count": _("Geräte"),
        "no_words": _("Es wurden keine Wörter geschickt."),
        "dates": _("Termine der Reihe"),
        "date": _("Datum"),
        "district": _("Sozialraum"),
        "annex": _("Anhang"),
        "all_cards": _("Alle Vorschläge"),
        "card": _("Vorschlag"),
        "supports": _("Zustimmungen"),
        "no_cards_at_all": _("Es wurden keine Vorschläge geschrieben."),
        "method": _("Wie gezählt wurde"),
        "page": _("Seite"),
    }


def progress_labels(_: Translate) -> dict[Progress, str]:
    return {
        Progress.open: _("offen"),
        Progress.checked: _("geprüft"),
        Progress.planned: _("geplant"),
        Progress.done: _("umgesetzt"),
        Progress.not_possible: _("nicht möglich"),
    }
