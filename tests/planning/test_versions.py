"""Two changes at the same moment must end up with two versions."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import Session

from app.database import Database
from app.planning.importing import import_plan
from app.planning.models import Event
from app.planning.plan import Plan
from app.planning.versions import raise_version


def test_versions_rise_by_one_each_whoever_raises_them(database: Database, plan: Plan) -> None:
    event = database.write(import_plan, plan, rehearsal=False)

    def rename(session: Session, title: str) -> int:
        changed = session.get_one(Event, event.id)
        changed.title = title
        raise_version(session, changed)
        return changed.version

    with ThreadPoolExecutor(8) as people:
        versions = list(people.map(lambda n: database.write(rename, f"Titel {n}"), range(40)))

    assert sorted(versions) == list(range(event.version + 1, event.version + 41))
    with database.read() as session:
        stored = session.get_one(Event, event.id)
        assert (stored.version, stored.title) == (
            event.version + 40,
            f"Titel {versions.index(event.version + 40)}",
        )
