"""The documentation of an event as plain content: what is said, in which order, before anybody lays it out.

PDF and DOCX are both made from it, so that they say the same.
"""

from typing import Any

from app.cloud.draw import INKS, PAPER, ink_of
from app.cloud.layout import lay_out
from app.cloud.place import HEIGHT, WIDTH, Word
from app.planning.models import Phase
from app.results.documentation.frame import dates, frame, logo
from app.results.documentation.islands import cards_of, documented_island, documented_photo
from app.results.documentation.labels import Translate, progress_labels
from app.results.documentation.overview import documented_overview
from app.results.documentation.spoken import Spoken
from app.results.documentation.texts import (
    conclusion,
    facts,
    how_to_read,
    introduction,
    method,
    paragraphs,
    set_up,
)
from app.results.report import Report

Content = dict[str, Any]


def documentation(report: Report, _: Translate) -> Content:
    """Texts and numbers as they are to be read, in the language of the event; JSON can carry it.

    `_` translates from German. Photos and the logo are named by their id (`Pictures`).
    """
    event, series = report.event, report.series
    spoken = Spoken(event.locale)
    offers = [offer for island in report.islands for offer in island.offers]
    return {
        **frame(series, event.title, event.changed_at, spoken, _),
        "marks": marks(report, _),
        "cover": {
            "series": series.title,
            "title": event.title,
            "district": event.district,
            "date": spoken.date(event.date),
            "place": event.place,
            "organiser": series.organiser,
            "logo": logo(series, _),
            "photo": documented_photo(report.photos[0], event.title, _) if report.photos else None,
        },
        "introduction": paragraphs(event.introduction) or introduction(report, spoken, _),
        "set_up": set_up(report, spoken, _),
        "facts": facts(report, spoken, _),
        "reading": how_to_read(offers, spoken, _),
        "overview": documented_overview(report, spoken, _),
        "islands": [documented_island(island, report, spoken, _) for island in report.islands],
        "follow_up": _follow_up(report, spoken, _),
        "conclusion": paragraphs(event.conclusion) or conclusion(report, spoken, _),
        "word_question": event.word_question,
        "cloud": _cloud(report, _),
        "cloud_words": [
            {"word": word.word, "count": spoken.number(word.count)} for word in report.words
        ],
        "photos": [documented_photo(photo, event.title, _) for photo in report.photos[1:]],
        "dates": dates(series, {(event.date, event.district)}, spoken),
        "has_supports": any(card.supports for island in report.islands for card in island.cards),
        "cards": [
            {"island": island.number, **card}
            for island in report.islands
            for card in cards_of(island, report, spoken, _)
        ],
        "method": method(_),
    }


def marks(report: Report, _: Translate) -> list[str]:
    """What must stand on every page of a file that is not the final one."""
    event = report.event
    marks = []
    if event.is_rehearsal:
        marks.append(_("Probe: Das sind keine echten Ergebnisse."))
    if event.phase != Phase.closed:
        marks.append(_("Zwischenstand: Die Veranstaltung ist noch nicht geschlossen."))
    return marks


def _follow_up(report: Report, spoken: Spoken, _: Translate) -> list[Content]:
    named = progress_labels(_)
    all_cards = [card for island in report.islands for card in island.cards]
    return [
        {
            "title": group.title,
            "cards": spoken.number(len(cards)),
            "supports": spoken.number(sum(card.supports for card in cards)),
            "outcome": group.outcome or "–",
            "department": group.department or "–",
            "progress": named[group.progress],
            "reason": group.reason,
        }
        for group in report.groups
        for cards in [[card for card in all_cards if card.group == group.id]]
    ]


def _cloud(report: Report, _: Translate) -> Content | None:
    """The picture in units of WIDTH x HEIGHT: as on the wall; words that nobody has laid out yet are put
    where the wall would put them. None without words."""
    if not report.cloud:
        return None
    texts = {word.id: word.text for word in report.cloud}
    stored = {word.id: word.place for word in report.cloud if word.place is not None}
    places = list(stored.values())
    if len(stored) < len(report.cloud):
        places = lay_out([Word(word.id, word.text, word.count) for word in report.cloud], stored)
    most = ", ".join(f"{word.text} ({word.count})" for word in report.cloud[:10])
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "paper": PAPER,
        "alt": _("Wortwolke. Am größten: %(words)s.") % {"words": most},
        "words": [
            {
                "text": texts[place.id],
                "x": place.x,
                "y": place.y,
                "size": place.size,
                "ink": INKS[ink_of(place.id)],
            }
            for place in places
        ],
    }
