"""The signed-in planner, as a parameter of a route; a route without one is not for planners only."""

from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from app.database import Database
from app.errors import NotAllowed
from app.people.sessions import planner_id_of, token_of
from app.web.refusals import refused


class NotSignedIn(NotAllowed):
    """Nobody is signed in; a browser is shown the way to the sign-in page."""


def planner_id(request: Request) -> int:
    """Raises NotSignedIn."""
    database: Database = request.state.database
    with database.read() as session:
        found = planner_id_of(session, token_of(request))
    if found is None:
        raise NotSignedIn
    return found


SignedInPlanner = Annotated[int, Depends(planner_id)]


async def show_the_way_in(request: Request, refusal: Exception) -> Response:
    """The answer to NotSignedIn: the sign-in page, where a page was asked for."""
    if request.method == "GET":
        return RedirectResponse("/sign-in", status_code=303)
    return refused(request, cast(NotSignedIn, refusal))
