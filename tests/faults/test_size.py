"""A big evening's database must not make the start slow."""

from tests.conftest import StartServer
from tests.running import fill_with_dots

DOTS = 100_000


def test_a_start_with_100_000_dots_takes_hardly_longer(start_server: StartServer) -> None:
    """L10"""
    server = start_server()
    server.stop()
    server.start(is_cold=True)
    empty_cpu_s = server.ready_cpu_s
    server.stop()
    dots = fill_with_dots(server.data / "worldcafe.db", DOTS)

    server.start(is_cold=True)

    state = server.live()
    print(f"{server.ready_cpu_s:.2f} s of processor time, {empty_cpu_s:.2f} s when empty")
    yes = sum(knows for _, _, _, knows, _, _ in dots)
    assert (state["totals"]["yes"], state["totals"]["no"]) == (yes, len(dots) - yes)
    assert state["devices"] == len({device for _, device, *_ in dots})
    assert server.ready_cpu_s < 2 * empty_cpu_s  # usually 1.0; a row at a time would be several
