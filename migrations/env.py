"""Runs the migrations on the connection the program hands over (`Database.migrate`)."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

import app.feedback.models
import app.people.models
import app.photos.models
import app.planning.journal
import app.planning.models
import app.results.followup.models  # noqa: F401  every table's module must be known here


def plain_type(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Writes SQLModel's own types as SQLAlchemy's, so that a migration stands on its own."""
    if kind == "type" and type(item).__name__ == "AutoString":
        return f"sa.String(length={item.length})"
    if kind == "type" and type(item).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
if connection.dialect.name == "sqlite":
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"rows refer to nothing after the migration: {broken[:5]}")
if not context.config.attributes.get("is_caller_committing"):
    connection.commit()
