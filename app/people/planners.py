"""Planners: a name, a password of their own choice, and a one-time link to set it."""

import secrets
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlmodel import Session, col, delete, select

from app.errors import N_, NotAcceptable, NotAllowed, NotOpen, Unknown
from app.people.models import Planner, Role, StaffSession

MIN_PASSWORD = 10
MAX_PASSWORD = 200
_hasher = PasswordHasher()  # argon2id, the library's defaults (RFC 9106, low memory)


@cache
def _nobodys_hash() -> str:
    """Verified when the name is unknown, so that the answer takes as long as for a known one."""
    return _hasher.hash(secrets.token_urlsafe())


def add_planner(session: Session, name: str) -> str:
    """A new planner, or a new link for one who lost the password; returns `/set-up/{token}`."""
    name = name.strip()
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise NotAcceptable(N_("Der Name braucht 1 bis 80 Zeichen."), field="name")
    return _new_link(session, _called(session, name) or Planner(name=name))


def _new_link(session: Session, planner: Planner) -> str:
    planner.set_up_nonce = secrets.token_urlsafe(24)
    session.add(planner)
    session.flush()
    return f"/set-up/{planner.set_up_nonce}"


def actor_of(session: Session, planner_id: int) -> str:
    """What the journal calls a planner."""
    return f"{Role.planner} {session.get_one(Planner, planner_id).name}"


def planner_setting_up(session: Session, token: str) -> Planner:
    """The planner a set-up link was made for; NotAllowed once it was used."""
    planner = session.exec(select(Planner).where(col(Planner.set_up_nonce) == token)).first()
    if planner is None:
        raise NotAllowed(N_("Dieser Link gilt nicht (mehr). Er funktioniert nur einmal."))
    return planner


def set_password(session: Session, token: str, password_hash: str) -> Planner:
    """Sets the password and uses the link up; whoever was signed in with the old one no longer is."""
    planner = planner_setting_up(session, token)
    session.exec(delete(StaffSession).where(col(StaffSession.planner_id) == planner.id))
    planner.password_hash = password_hash
    planner.set_up_nonce = None
    session.add(planner)
    return planner


def hash_password(password: str) -> str:
    """argon2id; slow by design, so call it outside of a transaction."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise NotAcceptable(N_("Das Passwort braucht mindestens 10 Zeichen."), field="password")
    return _hasher.hash(password)


def password_hash_of(session: Session, name: str) -> tuple[int | None, str | None]:
    """A planner's id and password hash, by name; Nones for one there isn't."""
    planner = _called(session, name)
    return (planner.id, planner.password_hash) if planner else (None, None)


def _called(session: Session, name: str) -> Planner | None:
    """However they write it: nobody remembers their capitals, and two of one name could not be told apart
    when they sign in."""
    planners = session.exec(select(Planner).order_by(col(Planner.id))).all()  # a handful
    wanted = name.strip().casefold()
    return next((one for one in planners if one.name.casefold() == wanted), None)


def verify(password_hash: str | None, password: str) -> None:
    """NotAllowed for a wrong password; slow by design, so call it outside of a session.

    Without a hash it takes as long and says the same: nobody learns which names there are.
    """
    nobodys = _nobodys_hash()  # made with whatever is verified first, so that not even that tells
    try:
        _hasher.verify(password_hash or nobodys, password[:MAX_PASSWORD])
    except VerificationError:
        password_hash = None
    if password_hash is None:
        raise NotAllowed(N_("Name oder Passwort stimmt nicht."))


@dataclass(frozen=True, slots=True)
class ListedPlanner:
    id: int
    name: str
    has_password: bool
    link: str | None  # the path of a link that was not used yet
    may_go: bool  # somebody else can still sign in


def listed_planners(session: Session) -> list[ListedPlanner]:
    """By name."""
    planners = session.exec(select(Planner).order_by(col(Planner.name))).all()
    able = {planner.id for planner in planners if planner.password_hash is not None}
    return [
        ListedPlanner(
            planner.id or 0,
            planner.name,
            planner.password_hash is not None,
            f"/set-up/{planner.set_up_nonce}" if planner.set_up_nonce else None,
            bool(able - {planner.id}),
        )
        for planner in planners
    ]


def renew_link(session: Session, planner_id: int) -> None:
    """A new one-time link for somebody who lost the password or the link. Raises Unknown."""
    _new_link(session, _planner(session, planner_id))


def remove_planner(session: Session, planner_id: int) -> None:
    """Ends all sessions, too. Raises Unknown, and NotOpen for the last one who can sign in."""
    planner = _planner(session, planner_id)
    others = select(Planner.id).where(
        col(Planner.password_hash).is_not(None), col(Planner.id) != planner_id
    )
    if session.exec(others.limit(1)).first() is None:
        raise NotOpen(N_("Das ist die letzte Person, die sich anmelden kann. Sie muss bleiben."))
    session.delete(planner)


def _planner(session: Session, planner_id: int) -> Planner:
    planner = session.get(Planner, planner_id)
    if planner is None:
        raise Unknown
    return planner


def has_planner(session: Session) -> bool:
    """Whether anybody can sign in yet."""
    with_password = select(Planner.id).where(col(Planner.password_hash).is_not(None))
    return session.exec(with_password.limit(1)).first() is not None
