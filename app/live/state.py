"""The one state every wall shows, as a JSON text: whole each time, so that a reconnect heals itself."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from app.live.tally import IslandTally, ShownCard, Tally
from app.planning.clock import clock_of

MAX_CARDS = 60


def wall_state(tally: Tally, phones: int) -> dict[str, Any]:
    """The state as CONTRACT.md describes it. Numbers are None until they are revealed; the curtain
    takes all free text out of the state itself."""
    event = tally.event

    def number(value: int) -> int | None:
        return value if event.is_revealed else None

    return {
        "version": tally.version,
        "event": {
            "key": event.key,
            "code": event.code,
            "title": event.title,
            "district": event.district,
        },
        "phase": event.phase,
        "rehearsal": event.is_rehearsal,
        "paused": event.is_paused,
        "revealed": event.is_revealed,
        "curtain": event.has_curtain,
        "scene": {"name": event.scene_name, "island": event.scene_island},
        "clock": clock_of(event).as_dict(),
        "devices": len(tally.devices),
        "phones": phones,
        "totals": {
            "yes": number(sum(island.yes for island in tally.islands)),
            "no": number(sum(island.no for island in tally.islands)),
            "cards": number(len(tally.cards)),
            "words": number(tally.word_count),
        },
        "islands": [_island(island, number, event.has_curtain) for island in tally.islands],
        "cards": [] if event.has_curtain else _cards(tally.cards[:MAX_CARDS], number),
        "best": [] if event.has_curtain else _cards(tally.best, number),
        "cloud": [] if event.has_curtain else _cloud(tally, number),
        "frozen": event.cloud_frozen_at is not None,
    }


def phone_state(tally: Tally) -> dict[str, Any]:
    """What a phone follows. Without the version: that rises with every dot, and no phone cares."""
    event = tally.event
    return {
        "phase": event.phase,
        "rehearsal": event.is_rehearsal,
        "paused": event.is_paused,
        "revealed": event.is_revealed,
        "curtain": event.has_curtain,
        "clock": clock_of(event).as_dict(),
    }


def heartbeat(tally: Tally, phones: int) -> dict[str, Any]:
    """What changes without a new version: the clock, and how many phones are there."""
    return {
        "heartbeat": True,
        "version": tally.version,
        "phones": phones,
        "clock": clock_of(tally.event).as_dict(),
    }


def as_text(state: dict[str, Any]) -> str:
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


_Number = Callable[[int], int | None]


def _island(island: IslandTally, number: _Number, has_curtain: bool) -> dict[str, Any]:
    return {
        "number": island.number,
        "title": island.title,
        "yes": number(island.yes),
        "no": number(island.no),
        "cards": number(island.cards),
        "devices": number(len(island.devices)),
        "key_sentence": "" if has_curtain else island.key_sentence,
        "offers": [
            {
                "key": offer.key,
                "title": offer.title,
                "yes": number(offer.yes),
                "no": number(offer.no),
            }
            for offer in island.offers
        ],
    }


def _cards(cards: Sequence[ShownCard], number: _Number) -> list[dict[str, Any]]:
    return [
        {
            "id": card.id,
            "island": card.island_number,
            "offer": card.offer_key,
            "text": card.text,
            "supports": number(card.supports),
            "highlighted": card.is_highlighted,
        }
        for card in cards
    ]


def _cloud(tally: Tally, number: _Number) -> list[dict[str, Any]]:
    """Words that have their place already; a new one gets it within a moment."""
    return [
        {
            "id": word.id,
            "word": word.text,
            "count": number(word.count),
            "x": word.x,
            "y": word.y,
            "size": word.size,
            "width": word.width,
        }
        for word in tally.words
        if word.size is not None
    ]
