"""`python -m tests.bench.documents`: how long the long files take, and what dots feel of them.

An evening with 82 devices at all offers, 120 cards and 30 photos, as large as they are kept; then a series of
six of them.
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import httpx
from sqlmodel import select

from app.database import Database
from app.planning.models import Event, Series
from app.planning.typesetting import Press
from app.results.files import ARCHIVE
from app.results.long_files import LONG_FILES, Of
from app.settings import Settings
from tests.bench.evenings import spend_five_more, spend_one
from tests.running import Server, finish

ROUNDS = 5
ROUNDS_OF_SERIES = 3
DOWNLOADS = 20
OF_EVENT = ("documentation.pdf", "documentation.docx", "cloud.svg", "cloud.png", ARCHIVE)
OF_SERIES = ("series.pdf", "series.docx")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        database = Database(Settings(data=data))
        database.migrate()
        database.write(spend_one)
        print("82 devices, 120 cards, 30 photos, and a series of six such evenings;")
        print("median, slowest in brackets\n")
        print("| file | s | kB |\n|---|---|---|")
        for name in OF_EVENT:
            _measure(name, _events(database)[0], database, ROUNDS)
        database.write(spend_five_more)
        for name in OF_SERIES:
            _measure(name, _events(database), database, ROUNDS_OF_SERIES)
        database.close()
        _load(data)
        shutil.rmtree(data)


def _events(database: Database) -> tuple[int, ...]:
    with database.read() as session:
        ids = session.exec(select(Event.id).order_by(Event.date)).all()  # type: ignore[arg-type]
    return tuple(id for id in ids if id is not None)


def _measure(name: str, of: Of, database: Database, rounds: int) -> None:
    """From the first question to the database to the last byte, child process included."""
    file = LONG_FILES[name]
    seconds, content = [], b""
    for _ in range(rounds):
        began = time.perf_counter()
        with database.read() as session:
            material = file.read(session, of)
        content = finish(file.pressed(Press(), material.told, str, material.pictures), within_s=120)
        seconds.append(time.perf_counter() - began)
    print(
        f"| {name} | {statistics.median(seconds):.2f} ({max(seconds):.2f})"
        f" | {len(content) / 1000:,.0f} |"
    )


def _load(data: Path) -> None:
    """Files made, while somebody taps as fast as answers come, 5 ms apart."""
    server = Server(data, WORLDCAFE_LIMITS="off")
    with Database(Settings(data=data)).read() as session:
        event = session.exec(select(Event).order_by(Event.date)).first()  # type: ignore[arg-type]
        assert event is not None
        server.event, server.code = event.key, event.code
        series = session.get_one(Series, event.series_id).key
    server.start(is_cold=True)
    try:
        planner, phone = server.planner(), server.phone()

        def tap() -> float:
            began = time.perf_counter()
            sent = {"offer": "umweltberatung", "knows": "yes"}
            assert phone.post(f"/e/{server.code}/dots", data=sent).status_code == 303
            return time.perf_counter() - began

        def taps(is_enough: Callable[[int], bool]) -> list[float]:
            latencies: list[float] = []
            while not is_enough(len(latencies)):
                latencies.append(tap())
                time.sleep(0.005)
            return latencies

        def taps_during(addresses: Sequence[str]) -> tuple[list[float], float]:
            """And how long it took to fetch them all, at once."""
            with ProcessPoolExecutor(1) as another:
                began = time.perf_counter()
                downloads = another.submit(_fetch_all, addresses, dict(planner.cookies))
                latencies = taps(lambda _done: downloads.done())
                assert downloads.result() == {200}
            return latencies, time.perf_counter() - began

        names = [*["documentation.pdf", "documentation.docx"] * (DOWNLOADS // 2 - 1)]
        names += ["cloud.png", ARCHIVE]
        of_event = [f"{server.address}/plan/events/{server.event}/{name}" for name in names]
        of_series = [f"{server.address}/plan/series/{series}/{name}" for name in OF_SERIES]
        rows = [("alone", taps(lambda done: done >= 300), 0.0)]
        rows.append((f"{DOWNLOADS} downloads at once", *taps_during(of_event)))
        rows += [(Path(one).name, *taps_during([one])) for one in of_series]
    finally:
        server.give_up()
    print("\n| dots during | s | p50 ms | p99 ms |\n|---|---|---|---|")
    for when, latencies, took in rows:
        cuts = statistics.quantiles(latencies, n=100)
        print(f"| {when} | {took:.1f} | {1000 * cuts[49]:.1f} | {1000 * cuts[98]:.1f} |")


def _fetch_all(addresses: Sequence[str], cookies: dict[str, str]) -> set[int]:
    """In a process of its own, so that it takes nothing from who taps."""
    with (
        httpx.Client(cookies=cookies, trust_env=False, timeout=120) as client,
        ThreadPoolExecutor(DOWNLOADS) as pool,
    ):
        return set(pool.map(lambda address: client.get(address).status_code, addresses))


if __name__ == "__main__":
    main()
