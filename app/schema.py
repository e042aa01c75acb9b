"""The migrations that bring a database up to date."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect

from app.changes import Kind
from app.errors import N_, Failed

ROOT = Path(__file__).parents[1]
MIGRATIONS = ROOT / "migrations" / "versions"  # named by their revision, which rises


def migrate(kind: Kind, before_upgrade: Callable[[], object] = lambda: None) -> None:
    """Brings a database's schema up to date, after a call of `before_upgrade` if there was one already;
    raises Failed for one that a newer program wrote."""
    known = [file.name.partition("_")[0] for file in sorted(MIGRATIONS.glob("[0-9]*.py"))]
    engine = kind.migrating()
    try:
        with engine.connect() as connection:
            stored = _stored_revision(connection)
            if stored is not None and stored not in known:
                raise Failed(
                    N_(
                        "Die Datenbank %(url)s stammt von einer neueren Version dieses Programms."
                        " Bitte das Programm aktualisieren."
                    ),
                    url=kind.url,
                )
            if stored != known[-1]:
                if stored is not None:
                    before_upgrade()
                _upgrade(connection)
                kind.settle(connection)
                connection.commit()
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes |= {"connection": connection, "is_caller_committing": True}
    command.upgrade(config, "head")


def _stored_revision(connection: Connection) -> str | None:
    """The newest migration this database has had; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return revision
