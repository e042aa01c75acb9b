"""Forms as a browser without JavaScript sees and submits them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def submit(self, client: httpx.Client, button: str = "", **values: str) -> httpx.Response:
        """With all the fields found in it; `button` is the value of the button that is pressed."""
        assert values.keys() <= self.fields.keys(), (values, self)
        pressed = {name: value for name, value in self.buttons if name and value == button}
        assert pressed or not button, (button, self)
        sent = self.fields | values | pressed
        if self.method == "get":
            return client.get(self.action, params=sent)
        return client.post(self.action, data=sent)


class Page(HTMLParser):
    """`forms` in their order; `text` is what can be read, without scripts and styles."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.text = ""
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._form: Form | None = None
        self._area = ""  # the name of the textarea or select that was begun last
        self._is_text = False
        self._silent = 0
        self._path = answer.request.url.path
        self.feed(answer.text)

    def form(self, action: str, **fields: str) -> Form:
        """The one form with an action that ends like this and fields with these values."""
        (found,) = self.all(action, **fields)
        return found

    def all(self, action: str, **fields: str) -> list[Form]:
        return [
            form
            for form in self.forms
            if form.action.endswith(action) and fields.items() <= form.fields.items()
        ]

    def handle_starttag(  # noqa: C901  forms have that many kinds of fields
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        of: dict[str, Any] = {name: value or "" for name, value in attrs}
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "template"):
            self._silent += 1
        if tag == "a" and "href" in of:
            self.links.append(of["href"])
        if tag == "form":
            self._form = Form(of.get("action") or self._path, of.get("method", "get").lower())
            if not self._silent:
                self.forms.append(self._form)
        if self._form is None:
            return
        name, kind = of.get("name", ""), of.get("type", "text")
        is_submit = of.get("type", "submit" if tag == "button" else "text") == "submit"
        if tag in ("button", "input") and is_submit and "disabled" not in of:
            self._form.buttons.append((name, of.get("value", "")))
        elif tag == "input" and name and kind in ("radio", "checkbox"):
            if "checked" in of:
                self._form.fields[name] = of.get("value", "on")
        elif tag == "input" and name:
            self._form.fields[name] = of.get("value", "")
        elif tag in ("textarea", "select") and name:
            self._form.fields[name] = ""
            self._area = name
            self._is_text = tag == "textarea"
        elif tag == "option" and "selected" in of:
            self._form.fields[self._area] = of.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._is_text = False
        if tag in ("script", "style", "template"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._is_text and self._form is not None:
            self._form.fields[self._area] += data
        if not self._silent:
            self.text += data
