"""Phones, tablets and paper in one evening: the rows, the wall and the results say the same."""

from collections import Counter
from random import Random

import httpx

from tests.forms import Page
from tests.moderation.test_host_pages import desk_of, host
from tests.running import Server, until

Counts = Counter[tuple[str, str]]
"""(offer, column of the results)"""


def test_rows_wall_and_results_agree_with_all_three_mixed(server: Server) -> None:
    """I04"""
    chance = Random(6)
    islands = {island["number"]: island["offers"] for island in server.live()["islands"]}
    expected: Counts = Counter()
    people = 0
    for number in (1, 2):
        offers = [offer["key"] for offer in islands[number]]
        for _ in range(3):
            people += answer(server, server.phone(), offers, chance, expected, "")
        for _ in range(2):
            people += answer(server, tablet(server, number), offers, chance, expected, "tablet_")
        type_in(
            host(server, number, accept="application/json"),
            server,
            number,
            offers,
            chance,
            expected,
        )

    def wall() -> Counts:
        state = server.live()
        return Counter(
            {
                (offer["key"], knows): offer[knows]
                for island in state["islands"]
                for offer in island["offers"]
                for knows in ("yes", "no")
            }
        )

    sums: Counts = Counter()
    for (offer, column), count in expected.items():
        sums[offer, column.rsplit("_", 1)[-1]] += count
    until(lambda: +wall() == +sums)
    assert server.live()["devices"] == people
    planner = server.planner()
    results = planner.get(f"/plan/events/{server.event}/results.json").json()
    told = {
        (offer["key"], column): offer[column]
        for island in results["islands"]
        for offer in island["offers"]
        for column in ("tablet_yes", "tablet_no", "paper_yes", "paper_no", "yes", "no")
    }
    separate = {key: count for key, count in expected.items() if "_" in key[1]}
    assert +Counter(told) == +Counter(separate | sums)
    assert results["devices"] == people
    assert results["totals"]["yes"] == server.live()["totals"]["yes"]

    before = wall()
    server.restart()
    assert wall() == before, "from the rows alone"
    server.enter("closed")
    planner = server.planner("Kim")
    planner.post(f"/plan/events/{server.event}/sealing", data={"confirm": server.code})
    sealed = planner.get(f"/plan/events/{server.event}/results.json").json()
    assert sealed["islands"] == results["islands"]
    assert (wall(), server.live()["devices"]) == (before, people)


def tablet(server: Server, island: int) -> httpx.Client:
    browser = host(server, island)
    Page(browser.get(f"/host/{server.code}/{island}/tablet")).form("/tablet").submit(
        browser, pin="4711"
    )
    return browser


def answer(
    server: Server,
    browser: httpx.Client,
    offers: list[str],
    chance: Random,
    expected: Counts,
    source: str,
) -> bool:
    """Somebody changes their mind, and takes one back. Whether anything was left to count."""
    final: dict[str, str] = {}
    for offer in [*offers, *chance.sample(offers, 1)]:
        final[offer] = chance.choice(["yes", "no", "no", "withdraw"])
        sent = browser.post(f"/e/{server.code}/dots", json={"offer": offer, "knows": final[offer]})
        assert sent.status_code == 200
    kept = {offer: knows for offer, knows in final.items() if knows != "withdraw"}
    expected.update((offer, f"{source}{knows}") for offer, knows in kept.items())
    return bool(kept)


def type_in(
    browser: httpx.Client,
    server: Server,
    number: int,
    offers: list[str],
    chance: Random,
    expected: Counts,
) -> None:
    """A sheet, and a correction of its first row."""
    for version, keys in ((0, offers), (1, offers[:1])):
        counts = {key: (chance.randrange(1, 20), chance.randrange(20)) for key in keys}
        fields = {
            "offer": keys,
            "yes": [str(yes) for yes, _ in counts.values()],
            "no": [str(no) for _, no in counts.values()],
            "version": str(version),
        }
        assert browser.post(f"{desk_of(server, number)}/paper", data=fields).status_code == 200
        for key, (yes, no) in counts.items():
            expected[key, "paper_yes"], expected[key, "paper_no"] = yes, no
