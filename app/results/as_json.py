"""The results for other people's programs; `results.schema.json` says how they look."""

import json
from typing import Any

from app.results.report import Report
from app.results.reported.groups import ReportedGroup
from app.results.reported.islands import ReportedCard, ReportedIsland, ReportedOffer
from app.results.reported.words import ReportedWord

SCHEMA = "worldcafe-results/1"


def results_json(report: Report) -> bytes:
    """UTF-8, the same bytes for the same report; nothing in it that was not public on the day."""
    event, totals = report.event, report.totals
    content = {
        "schema": SCHEMA,
        "event": {
            "key": event.key,
            "title": event.title,
            "district": event.district,
            "date": event.date.isoformat(),
            "phase": event.phase,
            "attendees": event.attendees,
            "institutions": event.institutions,
        },
        "devices": report.devices,
        "totals": {
            "yes": totals.yes,
            "no": totals.no,
            "cards": totals.cards,
            "words": totals.words,
        },
        "islands": [_island(island) for island in report.islands],
        "words": [_word(word) for word in report.words],
        "groups": [_group(group) for group in report.groups],
    }
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()


def _island(island: ReportedIsland) -> dict[str, Any]:
    return {
        "number": island.number,
        "title": island.title,
        "contacts": [{"name": contact.name, "url": contact.url} for contact in island.contacts],
        "offers": [_offer(offer) for offer in island.offers],
        "cards": [_card(card) for card in island.cards],
    }


def _offer(offer: ReportedOffer) -> dict[str, Any]:
    return {
        "key": offer.key,
        "title": offer.title,
        "scope": offer.scope,
        "yes": offer.yes,
        "no": offer.no,
        "tablet_yes": offer.tablet_yes,
        "tablet_no": offer.tablet_no,
        "paper_yes": offer.paper_yes,
        "paper_no": offer.paper_no,
        "awareness": offer.awareness,
        "interval": offer.interval,
    }


def _card(card: ReportedCard) -> dict[str, Any]:
    return {
        "offer": card.offer,
        "text": card.text,
        "state": card.state,
        "supports": card.supports,
        "group": card.group,
    }


def _word(word: ReportedWord) -> dict[str, Any]:
    return {
        "word": word.word,
        "count": word.count,
        "variants": [{"text": variant.text, "count": variant.count} for variant in word.variants],
    }


def _group(group: ReportedGroup) -> dict[str, Any]:
    return {
        "id": group.id,
        "title": group.title,
        "outcome": group.outcome,
        "department": group.department,
        "progress": group.progress,
        "reason": group.reason,
    }
