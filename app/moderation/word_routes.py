"""The acts on words that cards have none of: merging, splitting, renaming, undoing."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from app.database import Database
from app.errors import NotAcceptable, Stale
from app.feedback.models import Word
from app.moderation.access import Desk, DeskOf
from app.moderation.answering import Version, decided, done, refused_page
from app.moderation.curating import Seen, dismiss, merge, rename, split, undo
from app.web.refusals import wants_json

router = APIRouter()
MOST = 100  # words in one act
Ids = Annotated[list[str], Form(min_length=1, max_length=MOST)]


@router.post("/words/merging")
def merge_words(
    request: Request,
    desk: DeskOf,
    words: Ids,
    into: Annotated[str | None, Form()] = None,
    version: Annotated[int | None, Form()] = None,
) -> Response:
    """`words`: each an id, or `id:version` as it was seen. Without `into`, see `merge`."""
    seen = [_seen(word) for word in words]
    target = Seen(into, version) if into is not None else None
    if any(word.version is None for word in ([target] if target else seen)):
        raise NotAcceptable(field="version")
    return _curate(request, desk, into or seen[0].id, merge, target, seen)


@router.post("/words/dismissal")
def dismiss_proposal(request: Request, desk: DeskOf, words: Ids) -> Response:
    """These two `words` (ids) are not the same."""
    if len(words) != 2:
        raise NotAcceptable(field="words")
    _write(request, desk, dismiss, words)
    return done(request, desk)


@router.post("/words/undoing")
def undo_last(request: Request, desk: DeskOf, act: Annotated[int, Form()]) -> Response:
    """`act`: the number that the last act on words has in the journal."""
    try:
        _write(request, desk, undo, act)
    except Stale as refusal:
        if wants_json(request):
            raise
        return refused_page(request, desk, refusal)
    return done(request, desk)


@router.post("/words/{item_id}/splitting")
def split_word(request: Request, desk: DeskOf, item_id: str, version: Version) -> Response:
    return _curate(request, desk, item_id, split, item_id, version)


@router.post("/words/{item_id}/renaming")
def rename_word(
    request: Request,
    desk: DeskOf,
    item_id: str,
    version: Version,
    text: Annotated[str, Form()] = "",
) -> Response:
    """An empty `text` gives the word its most frequent spelling back."""
    return _curate(request, desk, item_id, rename, item_id, text, version)


def _curate(request: Request, desk: Desk, item_id: str, act: Any, *values: Any) -> Response:
    return decided(request, desk, Word, item_id, act, desk.event_id, desk.actor, *values)


def _write(request: Request, desk: Desk, act: Any, *values: Any) -> None:
    database: Database = request.state.database
    database.write(act, desk.event_id, desk.actor, *values)


def _seen(word: str) -> Seen:
    id, _, version = word.partition(":")
    if version and not (version.isascii() and version.isdigit() and len(version) < 10):
        raise NotAcceptable(field="words")
    return Seen(id, int(version) if version else None)
