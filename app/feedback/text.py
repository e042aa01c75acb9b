"""Text is cleaned once, at the door, by the same rules for every database and every file."""

import unicodedata

import regex

from app.errors import N_, NotAcceptable

CARD_GRAPHEMES = 280
WORD_GRAPHEMES = 30
KEY_SENTENCE_GRAPHEMES = 160
NOTE_GRAPHEMES = 2000
BYTES_A_GRAPHEME = 40  # a family emoji has 25; a tower of accents is cut before
POINTS_A_GRAPHEME = 12  # code points; the kiss of two people with skin tones has 10
MAX_MARKS = 4  # combining marks on one letter; no language needs more

# Everything invisible that can hide, reorder or break text: controls, surrogates, noncharacters,
# private use, bidi overrides and embeddings, zero-width characters. Line feeds and tabs become spaces;
# joiners and variation selectors stay, between visible characters, for emoji and Arabic.
_REMOVED = regex.compile(
    r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F"
    r"\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFC]"
)
_EMPTY_LINES = regex.compile(r"\n{3,}")
_SPACES = regex.compile(r"\s+")
_JOINERS = regex.compile(
    r"(?<![\p{L}\p{M}\p{So}\p{Sk}\uFE0F])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{So}])"
    r"|(?<=\p{Latin})[\u200C\u200D]|[\u200C\u200D](?=\p{Latin})"  # would split a word unseen
)
_TAGS = regex.compile(  # the flags of Wales and Scotland are kept (group 1)
    r"(\U0001F3F4[\U000E0030-\U000E0039\U000E0061-\U000E007A]{2,6}\U000E007F)"
    r"|[\U000E0000-\U000E007F]"
)
_REGIONAL = regex.compile(r"[\U0001F1E6-\U0001F1FF]")
_TOWER = regex.compile(rf"(\p{{M}}{{{MAX_MARKS}}})\p{{M}}+")
_GRAPHEME = regex.compile(r"\X")
_VISIBLE = regex.compile(r"[\p{L}\p{N}\p{P}\p{S}]")
_WORTHY = regex.compile(r"[\p{L}\p{N}\p{So}]")
_ADDRESS = regex.compile(r"@|://|www\.|\d[\d /()-]{5,}", regex.IGNORECASE)


def cleaned(
    text: object,
    *,
    most_graphemes: int,
    field: str = "text",
    too_long: str = N_("Der Text ist zu lang."),
    may_be_empty: bool = False,
) -> str:
    """Visible text in NFC on one line, 1 to `most_graphemes` graphemes; NotAcceptable otherwise."""
    if not isinstance(text, str):
        raise NotAcceptable(N_("Hier fehlt ein Text."), field=field)
    if len(text) > most_graphemes * POINTS_A_GRAPHEME or (
        len(_REGIONAL.findall(text)) > most_graphemes * 2  # counting these takes quadratic time
    ):
        raise NotAcceptable(too_long, field=field)
    text = _SPACES.sub(" ", text)
    text = _TAGS.sub(r"\1", _REMOVED.sub("", text))
    text = unicodedata.normalize("NFC", _TOWER.sub(r"\1", text))
    text = _SPACES.sub(" ", _JOINERS.sub("", text)).strip()
    if not _VISIBLE.search(text):
        if may_be_empty:
            return ""
        raise NotAcceptable(N_("Hier fehlt ein Text."), field=field)
    parts = _GRAPHEME.findall(text)
    if len(parts) > most_graphemes or any(len(part.encode()) > BYTES_A_GRAPHEME for part in parts):
        raise NotAcceptable(too_long, field=field)
    return text


def cleaned_card(text: object) -> str:
    return cleaned(
        text,
        most_graphemes=CARD_GRAPHEMES,
        too_long=N_("Der Text ist zu lang: höchstens 280 Zeichen."),
    )


def cleaned_word(text: object) -> str:
    """One or two words for the cloud; NotAcceptable says what is wrong with any other text."""
    word = cleaned(
        text,
        most_graphemes=WORD_GRAPHEMES,
        too_long=N_("Der Text ist zu lang: höchstens 30 Zeichen."),
    )
    if not _WORTHY.search(word):
        raise NotAcceptable(N_("Bitte schreiben Sie ein oder zwei Wörter."), field="text")
    if len(word.split(" ")) > 2:
        raise NotAcceptable(N_("Bitte höchstens zwei Wörter."), field="text")
    if _ADDRESS.search(word):
        raise NotAcceptable(
            N_("Bitte keine Adressen oder Telefonnummern: Die Wolke sehen alle."), field="text"
        )
    return word


def cleaned_key_sentence(text: object) -> str:
    """A host's one sentence for the harvest, or "" for none."""
    return cleaned(
        text,
        most_graphemes=KEY_SENTENCE_GRAPHEMES,
        field="key_sentence",
        too_long=N_("Der Kernsatz ist zu lang: höchstens 160 Zeichen."),
        may_be_empty=True,
    )


def cleaned_note(text: object) -> str:
    """A host's note with its line breaks, at most one empty line in a row; "" for none."""

    def line(part: object) -> str:
        return cleaned(
            part,
            most_graphemes=NOTE_GRAPHEMES,
            field="note",
            too_long=N_("Die Notiz ist zu lang: höchstens 2000 Zeichen."),
            may_be_empty=True,
        )

    line(text)  # as a whole: is it a text, and not too long
    lines = "\n".join(line(part) for part in str(text).splitlines())
    return _EMPTY_LINES.sub("\n\n", lines).strip("\n")


def graphemes(text: str) -> int:
    """How many characters a person would count."""
    return len(_GRAPHEME.findall(text))
