"""The server's own keys, made when they are first asked for."""

import secrets

from sqlmodel import Session

from app.people.models import Secret


def server_key(session: Session, name: str) -> bytes:
    """32 random bytes that stay the same for this database (needs a writing session)."""
    secret = session.get(Secret, name)
    if secret is None:
        secret = Secret(name=name, value=secrets.token_bytes(32))
        session.add(secret)
        session.flush()
    return secret.value
