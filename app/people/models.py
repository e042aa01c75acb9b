"""Planners, invitations and their sessions as tables, and the server's own secret."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKeyConstraint, LargeBinary, String
from sqlmodel import Field, SQLModel


class Role(StrEnum):
    planner = "planner"
    moderator = "moderator"
    host = "host"


class Secret(SQLModel, table=True):
    """Keys made on first start. In the database, so that nodes and a restored backup share them."""

    name: str = Field(primary_key=True, max_length=40)
    value: bytes = Field(sa_type=LargeBinary)


class Planner(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=80)
    password_hash: str | None = Field(default=None, max_length=200)
    set_up_nonce: str | None = Field(default=None, max_length=40)  # None once the link was used


class Invitation(SQLModel, table=True):
    """A link for a moderator, or for the host of one island. Several people may use one."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "island_number"], ["island.event_id", "island.number"], ondelete="CASCADE"
        ),
        {"sqlite_autoincrement": True},  # an old link must never become somebody else's
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE", index=True)
    role: Role = Field(sa_type=String(10))
    island_number: int | None = None
    revoked_at: datetime | None = None


class StaffSession(SQLModel, table=True):
    """A signed-in browser of a planner, or of somebody invited. `id` is a hash of the cookie's token."""

    __tablename__ = "staff_session"

    id: bytes = Field(primary_key=True, sa_type=LargeBinary)
    planner_id: int | None = Field(default=None, foreign_key="planner.id", ondelete="CASCADE")
    invitation_id: int | None = Field(default=None, foreign_key="invitation.id", ondelete="CASCADE")
    expires_at: datetime


class Notice(SQLModel, table=True):
    """What the operator of this server says about it: imprint, privacy, accessibility; field → text."""

    name: str = Field(primary_key=True, max_length=40)
    fields: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
