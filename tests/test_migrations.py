"""The migrations build what the models say, on both databases, from nothing, with every name given."""

import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel, select

import app.feedback.models
import app.people.models
import app.photos.models
import app.planning.journal
import app.planning.models
import app.results.followup.models  # noqa: F401  every table's module must be known here
from app.database import Database
from app.feedback.models import Dot
from app.planning.models import Event, Island, Offer
from tests.running import ROOT


def config(connection: sa.Connection) -> Config:
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["connection"] = connection
    return config


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    with engine.connect() as connection:
        command.upgrade(config(connection), "head")
        yield connection
    engine.dispose()


@pytest.fixture
def on_postgres(postgres: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(postgres.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        connection.commit()
        command.upgrade(config(connection), "head")
        yield connection
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_connection(request: pytest.FixtureRequest) -> sa.Connection:
    connection: sa.Connection = request.getfixturevalue(f"on_{request.param}")
    return connection


def test_models_and_migrations_agree(migrated_connection: sa.Connection) -> None:
    context = MigrationContext.configure(
        migrated_connection, opts={"compare_type": True, "compare_server_default": True}
    )

    assert compare_metadata(context, SQLModel.metadata) == []


def test_every_constraint_and_index_has_the_name_of_the_convention(
    migrated_connection: sa.Connection,
) -> None:
    inspector = sa.inspect(migrated_connection)

    assert len(inspector.get_table_names()) == len(SQLModel.metadata.tables) + 1
    for table in SQLModel.metadata.sorted_tables:
        found = {inspector.get_pk_constraint(table.name)["name"]}
        if table.dialect_options["sqlite"]["autoincrement"]:
            found = {table.primary_key.name}  # SQLite has no room for a name there
        found |= {each["name"] for each in inspector.get_foreign_keys(table.name)}
        found |= {each["name"] for each in inspector.get_unique_constraints(table.name)}
        found |= {each["name"] for each in inspector.get_check_constraints(table.name)}
        found |= {each["name"] for each in inspector.get_indexes(table.name)}
        expected = {each.name for each in table.constraints} | {each.name for each in table.indexes}
        assert found == expected
        assert None not in found


def test_every_row_of_an_event_leads_with_its_event_and_goes_with_it(
    migrated_connection: sa.Connection,
) -> None:
    inspector = sa.inspect(migrated_connection)

    for table in SQLModel.metadata.sorted_tables:
        if "event_id" not in table.columns:
            continue
        ways: list[dict[str, Any]] = [dict(each) for each in inspector.get_foreign_keys(table.name)]
        assert [each["options"].get("ondelete") for each in ways] == ["CASCADE"] * len(ways)
        assert ways != []
        columns = inspector.get_pk_constraint(table.name)["constrained_columns"]
        assert columns[0] in ("event_id", "id")


def test_upgrading_again_changes_nothing(migrated_connection: sa.Connection) -> None:
    before = MigrationContext.configure(migrated_connection).get_current_revision()

    command.upgrade(config(migrated_connection), "head")

    after = MigrationContext.configure(migrated_connection).get_current_revision()
    assert (
        after
        == before
        == ScriptDirectory.from_config(config(migrated_connection)).get_current_head()
    )


def test_there_is_one_line_of_migrations(on_sqlite: sa.Connection) -> None:
    script = ScriptDirectory.from_config(config(on_sqlite))

    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_migrating_does_not_lose_rows(database: Database, event: object) -> None:
    with database.read() as session:
        before = session.connection().exec_driver_sql("SELECT count(*) FROM offer").scalar_one()

    database.migrate()

    with database.read() as session:
        after = session.connection().exec_driver_sql("SELECT count(*) FROM offer").scalar_one()
    assert after == before > 30


REBUILD = """
    from alembic import op
    import sqlalchemy as sa

    revision = "9999"
    down_revision = {before!r}


    def upgrade():
        with op.batch_alter_table("event", recreate="always") as event:
            event.add_column(sa.Column("hall", sa.Text(), server_default="", nullable=False))
"""


def test_a_migration_that_rebuilds_a_table_keeps_what_refers_to_it(
    database: Database, event: Event, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """SQLite rebuilds a table by dropping it, and a drop cascades where foreign keys are enforced."""
    migrations = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", migrations)
    (newest,) = [file.stem for file in sorted((migrations / "versions").glob("[0-9]*.py"))][-1:]
    source = textwrap.dedent(REBUILD).format(before=newest.partition("_")[0])
    (migrations / "versions" / "9999_rebuild.py").write_text(source, "utf-8")
    (tmp_path / "pyproject.toml").write_text(
        f"[tool.alembic]\nscript_location = {str(migrations)!r}\n", "utf-8"
    )
    monkeypatch.setattr("app.schema.ROOT", tmp_path)
    monkeypatch.setattr("app.schema.MIGRATIONS", migrations / "versions")
    assert event.id is not None
    database.write(
        lambda session: session.add(
            Dot(event_id=event.id or 0, device="a", offer_key="streetwork", knows=True, sequence=1)
        )
    )

    database.migrate()

    with database.read() as session:
        columns = {
            row[1] for row in session.connection().exec_driver_sql("PRAGMA table_info(event)")
        }
        counts = [len(session.exec(select(table)).all()) for table in (Dot, Offer, Island)]
    assert "hall" in columns
    assert counts == [1, 36, 12]
