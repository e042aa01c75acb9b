"""Invitations by link: the token is the invitation's number, signed, so a link can be shown again."""

from datetime import UTC, datetime
from hashlib import sha256

from itsdangerous import BadSignature, Signer
from sqlmodel import Session, col, delete, select

from app.errors import N_, NotAllowed
from app.people.models import Invitation, Role, StaffSession

INVITATION_KEY = "invitations"
NOT_VALID = N_("Diese Einladung gilt nicht (mehr). Bitte fragen Sie die Planung nach einer neuen.")


def invite(session: Session, event_id: int, role: Role, island_number: int | None) -> Invitation:
    """A new invitation; a host's is for one island, a moderator's for the whole event."""
    invitation = Invitation(event_id=event_id, role=role, island_number=island_number)
    session.add(invitation)
    session.flush()
    return invitation


def link_to(invitation: Invitation, key: bytes) -> str:
    """The path that invites: `/invite/{token}`; `key` is the server key INVITATION_KEY."""
    return f"/invite/{_signer(key).sign(str(invitation.id)).decode()}"


def invitation_of(session: Session, token: str, key: bytes) -> Invitation:
    """The valid invitation behind a token; NotAllowed, without a reason, for every other."""
    try:
        number = int(_signer(key).unsign(token))
    except (BadSignature, ValueError):
        raise NotAllowed(NOT_VALID) from None
    invitation = session.get(Invitation, number)
    if invitation is None or invitation.revoked_at is not None:
        raise NotAllowed(NOT_VALID)
    return invitation


def revoke(session: Session, invitation: Invitation) -> None:
    """Ends an invitation and, with it, every session that came from it."""
    if invitation.revoked_at is None:
        invitation.revoked_at = datetime.now(UTC)
        session.add(invitation)
        session.exec(delete(StaffSession).where(col(StaffSession.invitation_id) == invitation.id))


def revoke_all(session: Session, event_id: int) -> int:
    """Ends an event's invitations and whoever came by them; how many there were."""
    valid = session.exec(
        select(Invitation).where(
            Invitation.event_id == event_id, col(Invitation.revoked_at).is_(None)
        )
    ).all()
    for invitation in valid:
        revoke(session, invitation)
    return len(valid)


def _signer(key: bytes) -> Signer:
    return Signer(key, salt="invitation", digest_method=sha256)
