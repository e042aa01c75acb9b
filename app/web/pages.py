"""Pages and fragments: templates with the visitor's language, compressed, private by default."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.web.catalogue import SIMPLE, SOURCE, Catalogue, primary
from app.web.language import language_of
from app.web.static_files import StaticFiles
from app.web.tags import direction_of, locale_of, tag_of

PRIVATE = {"cache-control": "no-store", "vary": "accept-language, cookie"}
FOR_ATTENDEES = (
    "feedback/",
    "live/text.html",
    "people/accessibility.html",
    "people/imprint.html",
    "people/privacy.html",
    "people/your_data.html",
    "refusal.html",
    "results/results.html",
)
"""How the names of those templates begin that are in Leichte Sprache, too; all others stay German."""


class Pages:
    """One Jinja environment a language; made at start, in `request.state.pages`."""

    def __init__(self, templates: Path, static: StaticFiles, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._languages = tuple(catalogue.languages)
        self._environments = {
            language: self._environment(language, templates, static)
            for language in self.catalogue.languages
        }

    def _environment(self, language: str, templates: Path, static: StaticFiles) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.install_gettext_translations(  # type: ignore[attr-defined]
            self.catalogue.texts(language), newstyle=True
        )

        def icon(name: str) -> Markup:
            """Beside a word that says the same: not for screen readers."""
            return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(
                static.address("icons.svg"), name
            )

        environment.globals |= {
            "language": language,
            "direction": direction_of(language),
            "tag_of": tag_of,
            "static": static.address,
            "icon": icon,
        }

        locale = locale_of(language)

        def number(value: float) -> str:
            return format_decimal(value, locale=locale)

        def percent(value: float) -> str:
            return format_percent(value, locale=locale)

        def date(value: datetime.date) -> str:
            return format_date(value, "long", locale=locale)

        environment.filters |= {
            "number": number,
            "percent": percent,
            "date": date,
            "breakable": breakable,
        }
        return environment

    def language(self, request: Request, event_locale: str = "de") -> str:
        headers = request.headers
        wishes = headers.get("accept-language", "")
        return self.language_wished(headers.get("cookie", ""), wishes, event_locale)

    def language_wished(self, cookies: str, wishes: str, event_locale: str) -> str:
        """The language of the visitor with these headers, Cookie and Accept-Language; see `language_of`."""
        return language_of(cookies, wishes, self._languages, event_locale)

    def render(self, name: str, language: str, context: Mapping[str, Any]) -> str:
        environment = self._environments.get(primary(language)) or self._environments[SOURCE]
        template_name, _, block = name.partition("#")
        template = environment.get_template(template_name)
        if not block:
            return template.render(context)
        return "".join(template.blocks[block](template.new_context(dict(context))))


def breakable(title: str) -> Markup:
    """A title that may break at its brackets, where it has no space."""
    escaped = str(escape(title))
    return Markup(escaped.replace("(", "<wbr>(").replace(")", ")<wbr>"))  # noqa: S704  escaped above


def attendees_language(request: Request, event: Any = None) -> str:
    """The language this attendee reads, Leichte Sprache too; `event`, where there is one, names the
    fallback (`.locale`)."""
    pages: Pages = request.state.pages
    return pages.language(request, getattr(event, "locale", "de"))


def language(request: Request, event: Any = None) -> str:
    """The same for those who plan, moderate or host: their pages are not in Leichte Sprache."""
    chosen = attendees_language(request, event)
    return SOURCE if chosen == SIMPLE else chosen


def page(
    request: Request,
    template: str,
    /,
    *,
    event: Any = None,
    status: int = 200,
    in_language: str | None = None,
    **context: Any,
) -> HTMLResponse:
    """Renders `template`; `template#block` renders only that block of the page, as a fragment for htmx.

    `event` is in the context and names the fallback language; `in_language` overrides the visitor's.
    """
    pages: Pages = request.state.pages
    is_for_attendees = template.startswith(FOR_ATTENDEES)
    read = attendees_language if is_for_attendees else language
    chosen = in_language or read(request, event)
    context |= {"request": request, "event": event}
    context["languages"] = {
        code: name
        for code, name in pages.catalogue.languages.items()
        if is_for_attendees or code != SIMPLE
    }
    body = pages.render(template, chosen, context)
    return HTMLResponse(body, status, headers=PRIVATE | {"content-language": tag_of(chosen)})
