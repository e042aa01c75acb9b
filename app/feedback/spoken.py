"""The plan's texts as an attendee reads them, each marked with the language it is in."""

from typing import Any

from markupsafe import Markup

from app.planning.models import localized, said_in
from app.web.tags import direction_of, tag_of


def plan_texts(language: str, planned_in: str) -> dict[str, Any]:
    """For templates: `text(row, field)` is a planned text in `language`, if it was planned in that;
    `lang(row, field)` the attributes that say which it is in. `planned_in` is the event's locale."""
    around = direction_of(language)

    def text(row: Any, field: str) -> str:
        return localized(row, field, language)

    def lang(row: Any, field: str) -> Markup:
        tag = tag_of(said_in(row, field, language) or planned_in, planned_in)
        own = direction_of(tag)
        if own == around:
            return Markup('lang="{}"').format(tag)
        return Markup('lang="{}" dir="{}"').format(tag, own)

    return {"text": text, "lang": lang}
