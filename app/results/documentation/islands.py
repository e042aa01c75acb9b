"""The documentation's pages of an island: contacts, offers with their numbers, grouped cards, photos."""

import unicodedata
from typing import Any

from app.results.awareness import LEAST_SHOWN
from app.results.documentation.labels import Translate, progress_labels
from app.results.documentation.spoken import Spoken
from app.results.documentation.texts import paragraphs
from app.results.report import Report
from app.results.reported.islands import ReportedCard, ReportedIsland, ReportedOffer
from app.results.reported.photos import ReportedPhoto

MOST_CARDS = 24  # on an island's own pages; the annex has all
_FROM_RIGHT = ("R", "AL")

Content = dict[str, Any]


def documented_island(
    island: ReportedIsland, report: Report, spoken: Spoken, _: Translate
) -> Content:
    shown = sorted(island.cards, key=lambda card: -card.supports)[:MOST_CARDS]
    left_out = len(island.cards) - len(shown)
    return {
        "number": island.number,
        "title": island.title,
        "text": paragraphs(island.text),
        "contacts": [
            {
                "name": contact.name,
                "url": contact.url,
                "mail": contact.mail,
                "phone": contact.phone,
            }
            for contact in island.contacts
        ],
        "offers": [documented_offer(offer, spoken, _) for offer in island.offers],
        "groups": _groups(island, shown, report, spoken, _),
        "more": _("Weitere %(n)s Vorschläge dieser Insel stehen im Anhang.") % {"n": left_out}
        if left_out
        else "",
        "key_sentence": island.key_sentence,
        "note": paragraphs(island.note),
        "photos": [documented_photo(photo, island.title, _) for photo in island.photos],
    }


def documented_offer(offer: ReportedOffer, spoken: Spoken, _: Translate) -> Content:
    """`share` is 0-1, None when nothing is said of it; then `awareness` says why. `parts` is "" when all
    dots came from phones."""
    awareness, interval = offer.awareness, offer.interval
    if awareness is None or interval is None:
        said, between = _("keine Punkte"), ""
    elif offer.total < LEAST_SHOWN:
        said, between = _("zu wenige Punkte"), ""
    else:
        said, between = spoken.percent(awareness), spoken.interval(interval)
    parts = [
        f"{name} {spoken.number(yes)} / {spoken.number(no)}"
        for name, yes, no in (
            (_("Tablet"), offer.tablet_yes, offer.tablet_no),
            (_("Papier"), offer.paper_yes, offer.paper_no),
        )
        if yes or no
    ]
    notes = [
        _("nur in diesem Sozialraum") if offer.scope == "district" else "",
        _("aus dem Programm genommen") if offer.is_retired else "",
    ]
    return {
        "title": offer.title,
        "description": offer.description,
        "notes": " · ".join(filter(None, notes)),
        "yes": spoken.number(offer.yes),
        "no": spoken.number(offer.no),
        "total": spoken.number(offer.total),
        "share": awareness if between else None,
        "yes_part": awareness,  # of the bar, however few there are
        "awareness": said,
        "interval": between,
        "parts": _("davon Ja / Nein: %(parts)s") % {"parts": ", ".join(parts)} if parts else "",
    }


def cards_of(island: ReportedIsland, report: Report, spoken: Spoken, _: Translate) -> list[Content]:
    """All of them, in the order of their arrival."""
    titles = {offer.key: offer.title for offer in island.offers}
    groups = {group.id: group.title for group in report.groups}
    return [
        _card(card, titles, spoken, _) | {"group": groups.get(card.group or "", "")}
        for card in island.cards
    ]


def documented_photo(photo: ReportedPhoto, of: str, _: Translate) -> Content:
    """`alt` says what a photo shows as far as anybody has said it."""
    return {
        "id": photo.id,
        "caption": photo.caption,
        "alt": _("Foto: %(caption)s") % {"caption": photo.caption or of},
        "width": photo.width,
        "height": photo.height,
    }


def _groups(
    island: ReportedIsland,
    cards: list[ReportedCard],
    report: Report,
    spoken: Spoken,
    _: Translate,
) -> list[Content]:
    """Those that have a card of this island, in the planners' order; cards in no group come last, and
    have no title where there is no other."""
    titles = {offer.key: offer.title for offer in island.offers}
    named = progress_labels(_)
    groups = [
        {
            "title": group.title,
            "follow_up": " · ".join(
                filter(None, [group.outcome, group.department, named[group.progress]])
            ),
            "cards": grouped,
        }
        for group in report.groups
        if (grouped := [_card(card, titles, spoken, _) for card in cards if card.group == group.id])
    ]
    known = {group.id for group in report.groups}
    rest = [_card(card, titles, spoken, _) for card in cards if card.group not in known]
    if rest:
        title = _("Weitere Vorschläge") if groups else ""
        groups.append({"title": title, "follow_up": "", "cards": rest})
    return groups


def _card(card: ReportedCard, titles: dict[str, str], spoken: Spoken, _: Translate) -> Content:
    supports = _("Zustimmungen: %(n)s") % {"n": spoken.number(card.supports)}
    return {
        "text": card.text,
        "is_from_right": is_from_right(card.text),
        "offer": titles.get(card.offer or "", ""),
        "supports": spoken.number(card.supports),
        "said_supports": supports if card.supports else "",
    }


def is_from_right(text: str) -> bool:
    """Whether the first letter is of a script that runs from right to left (Unicode UAX #9, P2, P3)."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind for kind in kinds if kind in ("L", *_FROM_RIGHT)), "L") in _FROM_RIGHT
