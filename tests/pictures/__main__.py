"""`make pictures`: the README's pictures, taken from the running program in the middle of a rehearsal."""

import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.running import Server, load_event

HERE = Path(__file__).parent
LARGEST_BYTES = 120_000
COLOURS = 64  # the pages are flat: nobody sees the difference, and a clone stays small


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        key, code = load_event(data, rehearsal=True)
        server = Server(data)
        server.event, server.code = key, code
        server.start()
        try:
            server.enter("cafe")
            desk = server.desk()
            desk.post(f"/moderate/{code}/clock", data={"running": "yes"})
            desk.post(f"/moderate/{code}/backup")
            rehearse = [sys.executable, "-m", "app", "rehearse", code]
            rehearse += ["--attendees", "60", "--seconds", "24"]
            subprocess.run(rehearse, env=server.environment, cwd=folder, check=False, timeout=120)
            _take(server)
        finally:
            server.give_up()


def _take(server: Server) -> None:
    planner = server.planner()
    kit = f"/plan/events/{server.event}/posters.pdf?parts=islands"
    _keep("poster", _page_of(planner.get(kit).content, 4), 480)
    _keep(
        "guide", _page_of(server.desk().get(f"/moderate/{server.code}/runbook.pdf").content, 0), 520
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGUMENTS)
        phone = browser.new_page(viewport={"width": 390, "height": 844}, locale="de-DE")
        phone.goto(f"{server.address}/e/{server.code}/5")
        phone.locator("button[name=knows][value=yes]").nth(0).click()
        phone.locator("button[name=knows][value=no]").nth(1).click()
        phone.wait_for_timeout(800)
        _keep("phone", _shown(phone), 390)
        desk = browser.new_page(viewport={"width": 1280, "height": 800}, locale="de-DE")
        link = server.ask("invite", event=server.code, role="moderator", island=None)["link"]
        desk.goto(link)
        desk.locator("main form button").click()
        desk.wait_for_selector("#light")
        desk.wait_for_timeout(1500)
        _keep("desk", _shown(desk), 1100)
        wall = browser.new_page(viewport={"width": 1920, "height": 1080})
        wall.goto(f"{server.address}/e/{server.code}/live")
        wall.wait_for_timeout(1500)
        _keep("wall", _shown(wall), 820)
        server.enter("cloud")
        time.sleep(0.5)
        wall.wait_for_timeout(1500)
        _keep("cloud", _shown(wall), 900)
        browser.close()


def _shown(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot()))


def _page_of(pdf: bytes, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[number].render(scale=2).to_pil()
    finally:
        document.close()


def _keep(name: str, picture: Image.Image, width: int) -> None:
    """As a PNG of few colours, no wider than `width`."""
    picture = picture.convert("RGB")
    height = round(picture.height * width / picture.width)
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    file = HERE / f"{name}.png"
    small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        file, optimize=True
    )
    assert file.stat().st_size < LARGEST_BYTES, f"{name}: {file.stat().st_size} bytes"


if __name__ == "__main__":
    main()
