"""What an attendee has in hand: the page that is open, and what can be sent from it."""

import secrets
from random import Random
from time import time
from typing import Any

from app.operations.rehearsal.forms import Form, Page, read_page
from app.operations.rehearsal.hall import Hall
from app.operations.rehearsal.operation import Fate, Kind, Operation
from app.operations.rehearsal.sender import Sender, Way

NOUNS = {Kind.card: "cards", Kind.word: "words"}


class Phone:
    """Plain browsers send the forms of their page with all the fields found there, and follow where
    they are sent to. Pages with scripts, and programs, add their own sequence or submission."""

    def __init__(self, device: int, sender: Sender, hall: Hall, chance: Random) -> None:
        self._device = device
        self._sender = sender
        self._hall = hall
        self._chance = chance
        self._last_sequence = 0
        self._path = ""
        self._page = Page()

    @property
    def is_plain(self) -> bool:
        return self._sender.way is Way.plain

    async def close(self) -> None:
        await self._sender.close()

    async def open(self, path: str) -> Page | None:
        """Gets the page for real. Only plain browsers need a reading of their own: the others know
        what is on it from anybody's."""
        html = await self._sender.open(self._device, path)
        if html is None:
            return None
        if self.is_plain:
            page = read_page(html, path)
        else:
            page = self._hall.pages.get(path) or read_page(html, path)
            if page.dot_forms:  # an island; the event's own page changes with the phase
                self._hall.pages[path] = page
        self._path, self._page = path, page
        return page

    async def tap(self, island: int, offer: str, knows: str) -> None:
        """`knows` is "yes", "no" or "withdraw"."""
        form = self._page.dot_forms.get(offer)
        if form is None:
            self._hall.missing(self._path, f"form for the dot on {offer}")
            return
        fields: dict[str, Any] = {**form.fields, "knows": knows}
        if self.is_plain:
            if ("knows", knows) not in form.buttons:
                self._hall.missing(self._path, f"button {knows!r} for {offer}")
                return
        else:
            self._last_sequence = max(int(time() * 1000), self._last_sequence + 1)
            fields = {"offer": offer, "knows": knows, "sequence": self._last_sequence}
        operation = Operation(self._device, Kind.dot, island=island, offer=offer, knows=knows)
        await self._send(operation, form.action, fields)

    async def write_card(self, island: int, text: str) -> Operation | None:
        """A card to the island, or to one of its offers where the page has a choice."""
        form = self._form(self._page.card_forms, "form for a card")
        if form is None:
            return None
        fields: dict[str, Any] = {**form.fields, "text": text}
        if form.choices.get("offer"):
            fields["offer"] = self._chance.choice(form.choices["offer"])
        if not fields.get("offer"):
            fields.pop("offer", None)
        return await self._send_text(Kind.card, form, fields, island=island)

    async def say_word(self, text: str) -> Operation | None:
        form = self._form(self._page.word_forms, "form for a word")
        if form is None:
            return None
        return await self._send_text(Kind.word, form, {**form.fields, "text": text})

    async def take_back(self, sent: Operation) -> None:
        """Withdraws a card or a word."""
        noun = NOUNS[sent.kind]
        form = self._page.withdrawal(noun, sent.submission)
        if not self.is_plain:
            form = Form(f"/e/{self._hall.code}/{noun}/{sent.submission}/withdrawal")
            if sent.island is not None:
                form.fields["island"] = str(sent.island)
        if form is None:
            self._hall.missing(self._path, f"form for taking back one of the {noun}")
            return
        kind = Kind.card_withdrawal if sent.kind is Kind.card else Kind.word_withdrawal
        operation = Operation(self._device, kind, island=sent.island, submission=sent.submission)
        await self._send(operation, form.action, dict(form.fields))

    def _form(self, forms: list[Form], what: str) -> Form | None:
        if not forms:
            self._hall.missing(self._path, what)
            return None
        return self._chance.choice(forms)

    async def _send_text(
        self, kind: Kind, form: Form, fields: dict[str, Any], island: int | None = None
    ) -> Operation | None:
        if not self.is_plain:
            fields["submission"] = secrets.token_urlsafe(12)
        if not fields.get("submission"):
            self._hall.missing(self._path, f"submission in the form for a {kind}")
            return None
        operation = Operation(
            self._device,
            kind,
            island=island,
            offer=fields.get("offer"),
            text=fields["text"],
            submission=fields["submission"],
        )
        await self._send(operation, form.action, fields)
        return operation if operation.fate is Fate.acknowledged else None

    async def _send(self, operation: Operation, action: str, fields: dict[str, Any]) -> None:
        location = await self._sender.send(operation, action, fields)
        if location is not None:
            await self.open(location)
