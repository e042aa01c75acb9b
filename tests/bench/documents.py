"""`python -m tests.bench.documents`: how long the long files take, and what dots feel of them.

An evening with 82 devices at all offers, 120 cards and 30 photos, as large as they are kept.
"""

import io
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from random import Random

import httpx
from PIL import Image
from sqlmodel import Session, select

from app.database import Database
from app.feedback.models import State
from app.operations.rehearsal.corpus import CARDS
from app.photos.models import Photo
from app.planning.models import Event, Offer, Phase
from app.planning.typesetting import Press
from app.results.files import ARCHIVE, RESULT_FILES
from app.results.report import Report, read_report
from app.results.reported.photos import Pictures, read_pictures
from app.settings import Settings
from tests.results.conftest import Evening, imported
from tests.running import Server, finish

DEVICES, CARDS_WRITTEN, PHOTOS = 82, 120, 30
ROUNDS = 5
DOWNLOADS = 20
PHOTO_PX = (2000, 1500)
WORDS = ("spannend", "informativ", "gut vernetzt", "Aufbruch", "lebendig", "Austausch", "laut")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        database = Database(Settings(data=data))
        database.migrate()
        database.write(spend)
        print(f"82 devices, 120 cards, 30 photos; median of {ROUNDS}, slowest in brackets\n")
        print("| file | s | kB |\n|---|---|---|")
        for name in ("documentation.pdf", "documentation.docx", "cloud.svg", "cloud.png", ARCHIVE):
            _measure(name, database)
        database.close()
        _load(data)
        shutil.rmtree(data)


def spend(session: Session) -> None:
    random = Random(1)
    event = imported(session)
    event.attendees, event.institutions, event.phase = DEVICES, 45, Phase.cafe
    evening = Evening(session, event)
    offers = session.exec(select(Offer)).all()
    for number in range(DEVICES):
        for offer in offers:
            evening.dot(f"device {number}", offer.key, random.random() < 0.4)
    for number in range(CARDS_WRITTEN):
        offer = random.choice(offers)
        text = CARDS[number % len(CARDS)]
        card = evening.card(f"device {number % DEVICES}", offer.island_number, text, offer.key)
        evening.support(card, *(f"device {other}" for other in range(number % 4)))
    for place, word in enumerate(WORDS):
        evening.word(State.approved, *((f"device {n}", word) for n in range(20 - 2 * place)))
    for number in range(PHOTOS):
        island = None if number < 6 else number % 12 + 1
        session.add(_photo(evening.event_id, number, island))


def _photo(event_id: int, number: int, island: int | None) -> Photo:
    file = io.BytesIO()
    grain = Image.effect_noise((PHOTO_PX[0] // 5, PHOTO_PX[1] // 5), 40 + number)
    grain.resize(PHOTO_PX).convert("RGB").save(file, "JPEG", quality=85)
    return Photo(
        event_id=event_id,
        id=f"photo-{number}",
        island_number=island,
        position=number,
        caption="Die Pinnwand",
        media_type="image/jpeg",
        width=PHOTO_PX[0],
        height=PHOTO_PX[1],
        content=file.getvalue(),
    )


def _measure(name: str, database: Database) -> None:
    """From the first question to the database to the last byte, child process included."""
    pressed = RESULT_FILES[name].pressed
    assert pressed is not None

    def read() -> tuple[Report, Pictures]:
        with database.read() as session:
            event = session.exec(select(Event)).one()
            return read_report(session, event), read_pictures(session, event)

    seconds, content = [], b""
    for _ in range(ROUNDS):
        began = time.perf_counter()
        report, pictures = read()
        content = finish(pressed(Press(), report, str, pictures))
        seconds.append(time.perf_counter() - began)
    print(
        f"| {name} | {statistics.median(seconds):.2f} ({max(seconds):.2f})"
        f" | {len(content) / 1000:,.0f} |"
    )


def _load(data: Path) -> None:
    """Downloads of all of them at once, while somebody taps as fast as answers come, 5 ms apart."""
    server = Server(data, WORLDCAFE_LIMITS="off")
    with Database(Settings(data=data)).read() as session:
        event = session.exec(select(Event)).one()
        server.event, server.code = event.key, event.code
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

        before = taps(lambda done: done >= 300)
        files = f"{server.address}/plan/events/{server.event}"
        with ProcessPoolExecutor(1) as another:
            began = time.perf_counter()
            downloads = another.submit(_download_all, files, dict(planner.cookies))
            during = taps(lambda _done: downloads.done())
            took = time.perf_counter() - began
            assert downloads.result() == {200}
        print(f"\n{DOWNLOADS} downloads at once: {took:.1f} s\n")
        print("| dots | p50 ms | p99 ms |\n|---|---|---|")
        for when, latencies in (("alone", before), ("during the downloads", during)):
            cuts = statistics.quantiles(latencies, n=100)
            print(f"| {when} | {1000 * cuts[49]:.1f} | {1000 * cuts[98]:.1f} |")
    finally:
        server.give_up()


def _download_all(files: str, cookies: dict[str, str]) -> set[int]:
    """In a process of its own, so that it takes nothing from who taps."""
    names = ["documentation.pdf", "documentation.docx"] * (DOWNLOADS // 2 - 1)
    names += ["cloud.png", ARCHIVE]
    with (
        httpx.Client(cookies=cookies, trust_env=False, timeout=120) as client,
        ThreadPoolExecutor(DOWNLOADS) as pool,
    ):
        answers = pool.map(lambda name: client.get(f"{files}/{name}").status_code, names)
        return set(answers)


if __name__ == "__main__":
    main()
