"""Reads links and forms from a page, as a browser without JavaScript would."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit


@dataclass
class Form:
    """`fields` are sent whichever button is pressed; `choices` are the values a select offers."""

    action: str  # a path
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def pressed(self, name: str, value: str) -> dict[str, str] | None:
        """What a browser sends for this button; None when there is no such button."""
        return {**self.fields, name: value} if (name, value) in self.buttons else None


@dataclass
class Page:
    links: list[str] = field(default_factory=list)  # paths
    forms: list[Form] = field(default_factory=list)

    @property
    def island_numbers(self) -> list[int]:
        """Islands that the page links to, each once, in the page's order."""
        found = (re.fullmatch(r"/e/[^/]+/(\d+)/?", link) for link in self.links)
        return list(dict.fromkeys(int(match[1]) for match in found if match))

    @property
    def dot_forms(self) -> dict[str, Form]:
        """By offer."""
        return {
            form.fields["offer"]: form for form in self._forms("dots") if "offer" in form.fields
        }

    @property
    def card_forms(self) -> list[Form]:
        return self._forms("cards")

    @property
    def word_forms(self) -> list[Form]:
        return self._forms("words")

    def withdrawal(self, noun: str, submission: str) -> Form | None:
        """The form that takes one of the own `noun` ("cards" or "words") back."""
        forms = self._forms(f"{noun}/{submission}/withdrawal")
        return forms[0] if forms else None

    def _forms(self, end: str) -> list[Form]:
        return [
            form for form in self.forms if re.fullmatch(rf"/e/[^/]+/{re.escape(end)}", form.action)
        ]


def read_page(html: str, path: str) -> Page:
    """Links and POST forms of the page at `path`."""
    reader = _Reader(path)
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.page = Page()
        self._path = path
        self._form: Form | None = None
        self._textarea: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in attributes:
            self.page.links.append(urlsplit(attributes["href"]).path)
        elif tag == "form" and attributes.get("method", "get").lower() == "post":
            self._form = Form(urlsplit(attributes.get("action") or self._path).path)
            self.page.forms.append(self._form)
        elif self._form is not None and "disabled" not in attributes:
            self._control(self._form, tag, attributes)

    def _control(self, form: Form, tag: str, attributes: dict[str, str]) -> None:
        name, value = attributes.get("name", ""), attributes.get("value", "")
        kind = attributes.get("type", "submit" if tag == "button" else "text").lower()
        if tag == "option" and self._select:
            form.choices[self._select].append(value)
            if "selected" in attributes or self._select not in form.fields:
                form.fields[self._select] = value
        elif not name:
            return
        elif tag == "textarea":
            self._textarea = name
            form.fields[name] = ""
        elif tag == "select":
            self._select = name
            form.choices[name] = []
        elif kind == "submit":
            form.buttons.append((name, value))
        elif tag == "input" and (kind not in ("radio", "checkbox") or "checked" in attributes):
            form.fields[name] = value

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._textarea is not None:
            self._form.fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None
