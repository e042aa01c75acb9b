"""How far a file is that takes long, on screen: the same for an event's files and for a series'."""

from typing import Annotated, NamedTuple

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from app.errors import Refusal
from app.results.long_files import Of
from app.results.making import Job, Made, Making
from app.web.pages import page
from app.web.refusals import is_htmx

Since = Annotated[int | None, Query(ge=0, le=2**63 - 1)]


class Asked(NamedTuple):
    """`version` is what there is now; from `since` on any will do."""

    of: Of
    file: str
    version: int
    since: int | None


async def progress_page(
    request: Request, asked: Asked, home: str, title: str, ahead: int | None
) -> Response:
    """On to the file at once if it is there. `home` is the page it belongs to, which is called `title`.

    The page may be left and come back to: `since` is in its address. `ahead`: what it says now; 204 as
    long as nothing has changed, so that nobody is read the same again.
    """
    version = oldest(asked.version, asked.since)
    making: Making = request.state.making
    found = making.ask(asked.of, asked.file, version)
    address = f"{home}/{asked.file}"
    if isinstance(found, Made) and asked.since is None:
        return RedirectResponse(f"{address}?since={version}", status_code=303)
    has_failed = not isinstance(found, Made) and _has_failed(found)
    before = 0 if isinstance(found, Made) else making.ahead_of(found)
    is_made = isinstance(found, Made)
    if is_htmx(request) and not is_made and not has_failed and before == ahead:
        return Response(status_code=204)
    return page(
        request,
        "results/making.html",
        status=500 if has_failed else 200,
        home=home,
        of=title,
        file=asked.file,
        address=f"{address}?since={version}",
        here=f"{address}/making?since={version}",
        is_ready=is_made,
        has_failed=has_failed,
        ahead=before,
    )


def _has_failed(job: Job) -> bool:
    """A moment ago. Raises what it was refused with: that its event is gone, say."""
    error = job.task.exception() if job.task.done() else None
    if isinstance(error, Refusal):
        raise error
    return error is not None


def oldest(version: int, since: int | None) -> int:
    """The version that a file must show at least."""
    return version if since is None else min(since, version)


def attachment(content: bytes, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
