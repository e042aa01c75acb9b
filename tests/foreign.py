"""Somebody else who works on the database beside us."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg

from app.settings import Settings


def address_of(settings: Settings) -> str:
    """As `Database.url` has it, but with a password."""
    return settings.database_url or f"sqlite:///{settings.data / 'worldcafe.db'}"


@contextmanager
def foreign_lock(address: str) -> Iterator[None]:
    """As they hold it: everybody may read, nobody writes a dot."""
    if address.startswith("sqlite:///"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"), timeout=10)) as rows:
            rows.execute("BEGIN IMMEDIATE")
            yield
            rows.rollback()
    else:
        with psycopg.connect(address) as rows_there:
            rows_there.execute("LOCK TABLE dot, event IN SHARE ROW EXCLUSIVE MODE")
            yield
