"""The phone's page names all its modules: one fetched after the other, they take a slow line seconds."""

import re

from tests.feedback.test_phone_icons import ROOT
from tests.running import Server

IMPORT = re.compile(r'^import (?:{[^}]*} from )?"\./([a-z-]+)\.js"', re.MULTILINE)


def needed_by(module: str) -> set[str]:
    named = IMPORT.findall((ROOT / "static" / "js" / f"{module}.js").read_text("utf-8"))
    return set(named).union(*(needed_by(each) for each in named if each != module))


def test_a_phone_is_told_of_all_its_modules_at_once(hall: Server) -> None:
    page = hall.client().get(f"/e/{hall.code}/5").text

    told = re.findall(r'rel="modulepreload" href="/static/\w+/js/([a-z-]+)\.js"', page)

    assert len(told) == len(set(told))
    assert set(told) == needed_by("phone")


def test_the_worker_may_talk_to_us_alone(hall: Server) -> None:
    answer = hall.client().get("/worker.js?1234567890")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-security-policy"] == "default-src 'none'; connect-src 'self'"
    assert answer.headers["cache-control"] == "no-cache"
