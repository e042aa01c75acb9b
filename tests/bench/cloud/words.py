"""German words as a hall sends them, and votes that come in one after the other."""

from random import Random

from app.cloud.place import Word
from app.operations.rehearsal.corpus import WORDS

PARTS = (
    "Stadt Kinder Jugend Familien Quartiers Bürger Senioren Nachbarschafts Ehrenamts Kultur".split(),
    "fest garten treff café projekt beratung arbeit haus büro werkstatt spiele netzwerk".split()
    + "zeitung verein sprache schule hilfe markt lotsen gruppe versammlung sprechstunde".split()
    + "räume ideen".split(),
)
TEXTS = [
    *dict.fromkeys(spellings[0] for spellings in WORDS),
    *(first + last for last in PARTS[1] for first in PARTS[0]),
]


def hall(number: int) -> list[Word]:
    """The most frequent first; rank r has about 1/r of the votes of the first."""
    return [Word(text, text, 1 + 20 // (rank + 1)) for rank, text in enumerate(TEXTS[:number])]


def after_a_vote(words: list[Word], chance: Random) -> list[Word]:
    """The same words, one of them with one vote more; sorted as before."""
    (voted,) = chance.choices(words, [word.count for word in words])
    counted = [Word(word.id, word.text, word.count + (word.id == voted.id)) for word in words]
    return sorted(counted, key=lambda word: -word.count)
