"""A whole hall of phones after the server was restarted: all are fresh again, and not all in one moment."""

import time

from playwright.sync_api import expect

from tests.conftest import PageAt
from tests.running import Server, until

PHONES = 200
FRESH_S = 30
SPREAD_S = 5
LOST = "WebSocket|ERR_CONNECTION|Failed to load"
HALL = """
async ([module, home, phones]) => {
  const { Connection } = await import(module);
  window.hall = { tries: [], heard: new Array(phones).fill(0), open: new Set() };
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(address) {
      super(address);
      hall.tries.push(performance.now());
      hall.open.add(this);
      this.addEventListener("close", () => hall.open.delete(this));
    }
    close() { hall.open.delete(this); super.close(); }
  };
  for (let phone = 0; phone < phones; phone += 1) {
    new Connection({
      socket: `${home}/ws`, poll: `${home}/live.json`, poll_ms: 10_000, spread_ms: 8_000,
      receive: () => { hall.heard[phone] = performance.now(); },
    });
  }
}
"""


def test_after_a_restart_a_hall_of_phones_is_fresh_soon_and_comes_back_spread(
    server: Server, page_at: PageAt
) -> None:
    """The phones' own connection.js, 200 times in one browser, beside a real phone and a real wall."""
    phone = page_at(locale="de-DE", expected=LOST)
    phone.goto(f"{server.address}/e/{server.code}")
    wall = page_at(1440, 900, expected=LOST)
    wall.goto(f"{server.address}/e/{server.code}/live")
    hall = page_at(locale="de-DE", expected=LOST)
    hall.goto(f"{server.address}/privacy")
    module = phone.evaluate(
        "document.querySelector('script[src$=\"/phone.js\"]').src.replace('phone.js', 'connection.js')"
    )
    hall.evaluate(HALL, [module, f"/e/{server.code}", PHONES])
    until(lambda: hall.evaluate("hall.heard.every(Boolean) && hall.open.size") >= PHONES)
    hall.evaluate("hall.tries = []; hall.heard.fill(0)")

    server.stop()
    server.start()
    back_at = time.monotonic()
    server.enter("cloud")

    until(lambda: hall.evaluate("hall.heard.every(Boolean)"), within_s=FRESH_S, every_s=0.2)
    fresh_s = time.monotonic() - back_at
    expect(phone.locator("#word-send")).to_be_visible(timeout=FRESH_S * 1000)
    expect(wall.locator("#wall")).to_have_attribute("data-phase", "cloud", timeout=FRESH_S * 1000)
    first, last = hall.evaluate("[Math.min(...hall.heard), Math.max(...hall.heard)]")
    tries = hall.evaluate("[Math.min(...hall.tries), Math.max(...hall.tries)]")
    print(f"fresh after {fresh_s:.1f} s, heard over {(last - first) / 1000:.1f} s")
    assert tries[1] - tries[0] >= SPREAD_S * 1000
    assert last - first >= SPREAD_S * 1000
    until(lambda: hall.evaluate("hall.open.size") == PHONES)
    until(lambda: _phones_at(server) == PHONES + len([phone]), every_s=0.5)


def _phones_at(server: Server) -> int:
    """How many sockets the server counts: told with the next change."""
    server.phone().post(f"/e/{server.code}/dots", data={"offer": "streetwork", "knows": "yes"})
    phones: int = server.live()["phones"]
    return phones
