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

from app.web.catalogue import SOURCE, Catalogue, primary
from app.web.language import language_of
from app.web.static_files import StaticFiles

PRIVATE = {"cache-control": "no-store", "vary": "accept-language, cookie"}


class Pages:
    """One Jinja environment a language; made at start, in `request.state.pages`."""

    def __init__(self, templates: Path, static: StaticFiles) -> None:
        self.catalogue = Catalogue()
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
            "languages": self.catalogue.languages,
            "static": static.address,
            "icon": icon,
        }

        def number(value: float) -> str:
            return format_decimal(value, locale=language)

        def percent(value: float) -> str:
            return format_percent(value, locale=language)

        def date(value: datetime.date) -> str:
            return format_date(value, "long", locale="en_GB" if language == "en" else language)

        environment.filters |= {
            "number": number,
            "percent": percent,
            "date": date,
            "breakable": breakable,
        }
        return environment

    def language(self, request: Request, event_locale: str = "de") -> str:
        return language_of(request, self.catalogue.languages, event_locale)

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


def language(request: Request, event: Any = None) -> str:
    """The language this visitor reads; `event`, where there is one, names the fallback (`.locale`)."""
    pages: Pages = request.state.pages
    return pages.language(request, getattr(event, "locale", "de"))


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
    chosen = in_language or language(request, event)
    body = pages.render(template, chosen, {"request": request, "event": event, **context})
    return HTMLResponse(body, status, headers=PRIVATE)
