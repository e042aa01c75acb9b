"""`python -m tests.bench.photos`: thirty photos of 12 megapixels come in while dots are counted; how long
a photo takes, what it costs the dots and the memory."""

import io
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
from PIL import Image

from tests.running import Server, load_event

PHOTOS, HOSTS, QUIET_S = 30, 6, 5.0
PAUSE_S = 0.02  # between two dots


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        key, code = load_event(data)
        server = Server(data, WORLDCAFE_LIMITS="off")
        server.event, server.code = key, code
        try:
            server.start(is_cold=True)
            server.enter("cafe")
            _measure(server)
        finally:
            server.give_up()


def _measure(server: Server) -> None:
    quiet = _dots(server, lambda: time.sleep(QUIET_S))
    sent = [_photo(number) for number in range(PHOTOS)]
    hosts = [_host(server, island) for island in range(1, HOSTS + 1)]
    process, peak = psutil.Process(server.pid), [0]
    before = process.memory_info().rss
    took: list[float] = []

    def upload(number: int) -> None:
        host, path = hosts[number % HOSTS]
        began = time.monotonic()
        answer = host.post(path, files={"photos": ("x.jpg", sent[number])})
        took.append(time.monotonic() - began)
        assert answer.status_code == 303, answer.text
        peak[0] = max(peak[0], process.memory_info().rss)

    def upload_all() -> None:
        with ThreadPoolExecutor(HOSTS) as senders:
            list(senders.map(upload, range(PHOTOS)))

    began = time.monotonic()
    busy = _dots(server, upload_all)
    whole = time.monotonic() - began
    print(f"{PHOTOS} photos of 12 megapixels, {sum(map(len, sent)) / 1e6:.0f} MB, {HOSTS} hosts")
    print(f"all: {whole:.1f} s; one, waiting included: {statistics.median(took):.2f} s")
    print(f"memory: {before / 1e6:.0f} MB before, {peak[0] / 1e6:.0f} MB at most")
    for name, times in (("quiet", quiet), ("during photos", busy)):
        ordered = sorted(times)
        p50, p99 = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.99))
        print(f"dots, {name}: {len(times)}, p50 {p50:.1f} ms, p99 {p99:.1f} ms")


def _dots(server: Server, meanwhile: Callable[[], None]) -> list[float]:
    """Seconds of each dot that was sent while `meanwhile()` ran; sent by a process of its own, which
    waits for nobody else's Python."""
    apart = multiprocessing.get_context("spawn")
    began, over, times = apart.Event(), apart.Event(), apart.Queue()
    sender = apart.Process(
        target=_send_dots, args=(server.address, server.code, began, over, times)
    )
    sender.start()
    began.wait()
    meanwhile()
    over.set()
    taken: list[float] = times.get()
    sender.join()
    return taken


def _send_dots(address: str, code: str, began: Any, over: Any, times: Any) -> None:
    taken = []
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as phone:
        phone.get(f"/e/{code}").raise_for_status()
        sequence = time.time_ns() // 1_000_000
        began.set()
        while not over.is_set():
            sequence += 1
            dot = {"offer": "umweltberatung", "knows": "yes", "sequence": sequence}
            at = time.monotonic()
            phone.post(f"/e/{code}/dots", json=dot).raise_for_status()
            taken.append(time.monotonic() - at)
            time.sleep(PAUSE_S)
    times.put(taken)


def _host(server: Server, island: int) -> tuple[httpx.Client, str]:
    link = server.ask("invite", event=server.code, role="host", island=island)["link"]
    host = server.client(timeout=120)
    assert host.post(urlsplit(link).path).status_code == 303
    return host, f"/host/{server.code}/{island}/photos"


def _photo(number: int) -> bytes:
    noise = Image.effect_noise((1008, 756), 30 + number).convert("RGB").resize((4032, 3024))
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=90)
    return file.getvalue()


if __name__ == "__main__":
    main()
