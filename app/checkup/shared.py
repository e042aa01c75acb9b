"""Checks of a database that is a server: does it answer, and does it know our tables."""

from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from app.checkup.finding import Finding, green, red, yellow
from app.database import Database
from app.errors import N_, Failed
from app.schema import MIGRATIONS
from app.settings import Settings


def database(settings: Settings) -> Finding:
    try:
        opened = Database(settings)
        try:
            with opened.read() as session:
                connection = session.connection()
                if not inspect(connection).has_table("alembic_version"):
                    return yellow(
                        "database",
                        N_("Noch keine Daten: Bitte den Server starten oder einen Plan laden."),
                    )
                revision = connection.exec_driver_sql(
                    "SELECT version_num FROM alembic_version"
                ).scalar()
                version = connection.exec_driver_sql("SHOW server_version").scalar()
        finally:
            opened.close()
    except (SQLAlchemyError, Failed):
        return red(
            "database",
            N_(
                "Der Datenbankserver antwortet nicht oder lässt uns nicht hinein: Bitte ihn und"
                " WORLDCAFE_DATABASE_URL prüfen."
            ),
        )
    if not list(MIGRATIONS.glob(f"{revision}_*.py")):
        return red(
            "database",
            N_(
                "Die Daten stammen von einer neueren Version dieses Programms: Bitte das"
                " Programm aktualisieren."
            ),
        )
    return green("database", N_("PostgreSQL %(version)s antwortet."), version=version)


def backup(_settings: Settings) -> Finding:
    return green("backup", N_("Sache des Datenbankservers (pg_dump)."))
