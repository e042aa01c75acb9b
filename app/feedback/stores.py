"""Which store writes what the ledger takes in: the one of the database that is set."""

from collections.abc import Mapping

from app.database import Database
from app.feedback.batch_store import BatchStore
from app.feedback.postgres_store import PostgresStore
from app.feedback.sqlite_store import SqliteStore

STORES: Mapping[str, type[BatchStore]] = {"sqlite": SqliteStore, "postgresql": PostgresStore}


def store_of(database: Database) -> BatchStore:
    return STORES[database.kind]()
