"""The end of an event as a whole act: sealing, out of the log and out of the copies, too."""

import sqlite3
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from app.database import Database, migrate
from app.errors import Failed
from app.moderation.dropping import forget_hidden
from app.moderation.sealing import seal
from app.planning.copies import copies_in, rewrite
from app.planning.models import Event, Phase
from app.sqlite import sqlite_engine


def seal_everywhere(
    database: Database, data: Path, event: Event, actor: str, confirm: str | None = None
) -> None:
    """See `sealing.seal`. `data` is the folder where backups are."""
    assert event.id is not None
    database.write(seal, event.id, actor, confirm)
    try:
        end_in_copies(data, event.key, actor)
    finally:
        database.leave_no_trace()


def end_in_copies(data: Path, key: str, actor: str) -> None:
    """Seals the event in every copy, whatever its phase was then, and forgets what was hidden: a copy with
    the hashes of its devices, what phones called their cards, or texts nobody shall read would tell it
    all again. One that can't be changed is removed."""
    for file in copies_in(data):
        try:
            _end_in(file, key, actor)
        except (SQLAlchemyError, sqlite3.Error, Failed):
            file.unlink(missing_ok=True)


def _end_in(file: Path, key: str, actor: str) -> None:
    url = f"sqlite:///{file}"
    migrate(url)
    engine = sqlite_engine(url, begin="BEGIN IMMEDIATE")
    try:
        with Session(engine) as session:
            event = session.exec(select(Event).where(Event.key == key)).first()
            if event is None:
                return
            assert event.id is not None
            was_rehearsal = (
                event.is_rehearsal
            )  # perhaps of the evening itself, if nobody ended it in time
            event.phase, event.is_rehearsal = Phase.closed, False
            session.add(event)
            seal(session, event.id, actor)
            forget_hidden(session, event.id)
            event.is_rehearsal = was_rehearsal
            session.add(event)
            session.commit()
    finally:
        engine.dispose()
    rewrite(file)
