"""`python -m tests.bench.phone`: what a phone loads at an island, and how long that takes on a slow one."""

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.running import Server, load_event

ROUNDS = 3
SLOW_3G = {
    "offline": False,
    "latency": 400,  # ms added to every request's way there and back
    "downloadThroughput": 400_000 / 8,  # bytes a second
    "uploadThroughput": 400_000 / 8,
}
"""Chromium's former "Slow 3G", which its tools still mean by that name."""
CPU_SLOWER = 4
ISLANDS = (11, 5, 1)
WATCH = """
window.shifted = 0;
new PerformanceObserver(list => { for (const shift of list.getEntries()) window.shifted += shift.value; })
  .observe({ type: 'layout-shift', buffered: true });
"""
TIMES = """() => {
  const [visit] = performance.getEntriesByType('navigation');
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const script = performance.getEntriesByType('resource').filter(r => r.name.endsWith('/js/phone.js'))[0];
  return { painted: paint.startTime, complete: visit.domContentLoadedEventEnd, loaded: visit.loadEventEnd,
           script: script?.responseEnd ?? 0, shifted: window.shifted };
}"""


@dataclass
class Traffic:
    """Bytes as they travelled since `clear`, by file, the answers' headers included."""

    sizes: dict[str, int] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def watch(self, network: CDPSession) -> None:
        network.send("Network.enable")
        network.on("Network.responseReceived", self._began)
        network.on("Network.loadingFinished", self._ended)

    def clear(self) -> None:
        self.sizes.clear()

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    def _began(self, event: Any) -> None:
        self._names[event["requestId"]] = event["response"]["url"].rsplit("/", 1)[-1]

    def _ended(self, event: Any) -> None:
        name = self._names.get(event["requestId"], "")
        self.sizes[name] = self.sizes.get(name, 0) + event["encodedDataLength"]


def main() -> None:
    if not CHROMIUM.exists():
        sys.exit(f"{CHROMIUM} is missing")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data")
        server.event, server.code = load_event(server.data)
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGUMENTS)
        server.start()
        try:
            server.enter("cafe")
            _print_bytes(browser, server)
            _print_times(browser, server)
        finally:
            server.give_up()


def _print_bytes(browser: Browser, server: Server) -> None:
    """Without the service worker: its own traffic is not told; the pages it keeps come out of the others'."""
    page = _phone(browser, service_workers="block").new_page()
    traffic = Traffic()
    traffic.watch(page.context.new_cdp_session(page))
    print("| visited, one after the other | bytes |\n|---|--:|")
    first, *later = ISLANDS
    for path in (f"/{first}", *(f"/{number}" for number in later), "", "/notes"):
        traffic.clear()
        page.goto(f"{server.address}/e/{server.code}{path}", wait_until="networkidle")
        print(f"| /e/{server.code}{path} | {traffic.total:,} |")
        if path == f"/{first}":
            for name, size in sorted(traffic.sizes.items(), key=lambda each: -each[1]):
                print(f"| · {name} | {size:,} |")
    page.context.close()


def _print_times(browser: Browser, server: Server) -> None:
    """Of a first visit, seconds: nothing cached, a new connection."""
    print("\nSlow 3G (400 kbit/s, 400 ms), processor 4 times slower:")
    print("| island | painted | dots by script | complete | a dot is counted after | shift |")
    print("|---|--:|--:|--:|--:|--:|")
    for number in ISLANDS:
        runs = [
            _visit(browser, f"{server.address}/e/{server.code}/{number}") for _ in range(ROUNDS)
        ]
        middle = {name: median(run[name] for run in runs) for name in runs[0]}
        figures = [middle[name] / 1000 for name in ("painted", "complete", "loaded", "dot")]
        told = " | ".join(f"{figure:.2f}" for figure in figures)
        print(f"| {number} | {told} | {max(run['shifted'] for run in runs):.4f} |")


def _visit(browser: Browser, address: str) -> dict[str, float]:
    context = _phone(browser)
    page = context.new_page()
    _slow_down(page)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1500)  # letters that arrive late would move the text now
    times: dict[str, float] = page.evaluate(TIMES)
    began = page.evaluate("performance.now()")
    page.click(".dot.yes >> nth=0")
    page.wait_for_selector(".counted")
    times["dot"] = page.evaluate("performance.now()") - began
    context.close()
    return times


def _slow_down(page: Page) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW_3G)
    network.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})


def _phone(browser: Browser, **options: Any) -> BrowserContext:
    return browser.new_context(viewport={"width": 390, "height": 844}, locale="de-DE", **options)


if __name__ == "__main__":
    main()
