"""S09: no page asks another host for anything, and none breaks its own policy."""

import pytest

from tests.conftest import PageAt
from tests.running import Server


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_any_phase_asks_another_host(hall: Server, page_at: PageAt, scheme: str) -> None:
    """S09: `page_at` fails on any request to another host, any error, any violation."""
    page = page_at(390, 844, color_scheme=scheme)
    desk = hall.desk()
    planner = hall.planner()
    context = page.context
    for client in (desk, planner):
        mine = ("planner", f"desk-{hall.code}")
        (signed,) = [cookie for cookie in client.cookies.jar if cookie.name in mine]
        assert signed.value is not None
        context.add_cookies([{"name": signed.name, "value": signed.value, "url": hall.address}])
        for path in ("/", "/sign-in", "/plan", f"/plan/events/{hall.event}",
                     f"/plan/events/{hall.event}/codes", f"/moderate/{hall.code}",
                     f"/e/{hall.code}/3", f"/e/{hall.code}/live"):  # fmt: skip
            if client is desk and path.startswith("/plan"):
                continue
            page.goto(hall.address + path, wait_until="load")
    try:
        for phase in ("setup", "cloud", "closed"):
            hall.enter(phase)
            for path in ("", "/live"):
                page.goto(f"{hall.address}/e/{hall.code}{path}", wait_until="load")
        page.goto(f"{hall.address}/e/{hall.code}/results", wait_until="load")
    finally:
        hall.enter("cafe")
