"""Who is signed in: a random cookie token whose hash is a row, so that it can be ended from here."""

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlmodel import Session, col, delete, select
from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.people.models import Invitation, StaffSession

PLANNER_COOKIE = "planner"
MAX_AGE = timedelta(hours=16)  # a long day with set-up and clearing away


def sign_in(
    session: Session, *, planner_id: int | None = None, invitation_id: int | None = None
) -> str:
    """Starts a session for a planner or somebody invited; returns the cookie's token."""
    now = datetime.now(UTC)
    session.exec(delete(StaffSession).where(col(StaffSession.expires_at) < now))
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            id=_hash(token),
            planner_id=planner_id,
            invitation_id=invitation_id,
            expires_at=now + MAX_AGE,
        )
    )
    return token


def sign_out(session: Session, token: str, *, everywhere: bool = False) -> None:
    """Ends this session; `everywhere` ends all of the same planner's."""
    row = _current(session, token)
    if everywhere and row is not None and row.planner_id is not None:
        session.exec(delete(StaffSession).where(col(StaffSession.planner_id) == row.planner_id))
    session.exec(delete(StaffSession).where(col(StaffSession.id) == _hash(token)))


def desk_cookie(code: str) -> str:
    """A cookie an event: who moderates two of them, or plans as well, stays signed in to all."""
    return f"desk-{code}"


def token_of(connection: HTTPConnection, cookie: str = PLANNER_COOKIE) -> str:
    return connection.cookies.get(cookie, "")


def planner_id_of(session: Session, token: str) -> int | None:
    """The signed-in planner's id, or None."""
    row = _current(session, token)
    return row.planner_id if row else None


def invitation_behind(session: Session, token: str) -> Invitation | None:
    """The invitation this browser came by, unless it was revoked meanwhile."""
    row = _current(session, token)
    if row is None or row.invitation_id is None:
        return None
    return session.exec(
        select(Invitation).where(
            col(Invitation.id) == row.invitation_id, col(Invitation.revoked_at).is_(None)
        )
    ).first()


def remember(response: Response, cookie: str, token: str, *, is_https: bool) -> None:
    response.set_cookie(
        cookie,
        token,
        max_age=int(MAX_AGE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=is_https,
    )


def _current(session: Session, token: str) -> StaffSession | None:
    if not token:
        return None
    now = datetime.now(UTC)
    return session.exec(
        select(StaffSession).where(
            col(StaffSession.id) == _hash(token), col(StaffSession.expires_at) > now
        )
    ).first()


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
