"""`make pictures`: the README's pictures, taken from the running program in the middle of a rehearsal."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.running import Server, load_event

HERE = Path(__file__).parent


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
            rehearse = [
                sys.executable,
                "-m",
                "app",
                "rehearse",
                code,
                "--attendees",
                "60",
                "--seconds",
                "24",
            ]
            subprocess.run(rehearse, env=server.environment, cwd=folder, check=False, timeout=120)
            _take(server)
        finally:
            server.give_up()


def _take(server: Server) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGUMENTS)
        phone = browser.new_page(viewport={"width": 390, "height": 844}, locale="de-DE")
        phone.goto(f"{server.address}/e/{server.code}/5")
        phone.locator("button[name=knows][value=yes]").nth(0).click()
        phone.locator("button[name=knows][value=no]").nth(1).click()
        phone.wait_for_timeout(800)
        phone.screenshot(path=HERE / "phone.png")
        wall = browser.new_page(viewport={"width": 1920, "height": 1080})
        wall.goto(f"{server.address}/e/{server.code}/live")
        wall.wait_for_timeout(1500)
        wall.screenshot(path=HERE / "wall.png")
        server.enter("cloud")
        time.sleep(0.5)
        wall.wait_for_timeout(1500)
        wall.screenshot(path=HERE / "cloud.png")
        browser.close()


if __name__ == "__main__":
    main()
