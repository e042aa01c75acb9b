"""Which cards a plenary should see: a few good ones of every island, and those most people agree with."""

from collections import defaultdict
from collections.abc import Sequence

from app.live.tally import ShownCard

BEST_OF_ISLAND = 3
MOST_SUPPORTED = 12


def best_cards(cards: Sequence[ShownCard]) -> list[ShownCard]:
    """Of `cards`, the newest first: the best of every island and the most supported of all, each once.

    Highlighted ones come before all others, then supports decide, then what is newer.
    """
    ranked = sorted(cards, key=lambda card: (not card.is_highlighted, -card.supports))
    of_island: dict[int, list[ShownCard]] = defaultdict(list)
    for card in ranked:
        of_island[card.island_number].append(card)
    chosen = {card.id for island in of_island.values() for card in island[:BEST_OF_ISLAND]}
    supported = sorted((c for c in cards if c.supports), key=lambda card: -card.supports)
    chosen |= {card.id for card in supported[:MOST_SUPPORTED]}
    return [card for card in ranked if card.id in chosen]
