"""The signed-in planner, as a parameter of a route; a route without one is not for planners only."""

from typing import Annotated

from fastapi import Depends, Request

from app.database import Database
from app.errors import NotAllowed
from app.people.sessions import planner_id_of, token_of


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
