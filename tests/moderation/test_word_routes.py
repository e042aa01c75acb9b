"""The words' acts over HTTP: as forms without JavaScript, as JSON, and refused when they are stale."""

import pytest

from tests.forms import Page
from tests.running import Server, until

JSON = {"accept": "application/json"}


@pytest.fixture
def in_cloud(hall: Server):
    hall.enter("cloud")
    yield hall
    hall.enter("cafe")


def send(server: Server, text: str) -> None:
    answer = server.phone().post(
        f"/e/{server.code}/words", json={"text": text, "submission": "only"}
    )
    assert answer.status_code == 200, answer.text


def counts(server: Server, *texts: str) -> dict[str, int]:
    """Of these words, as the results have them."""
    words = server.planner().get(f"/plan/events/{server.event}/results.json").json()["words"]
    return {word["word"]: word["count"] for word in words if word["word"] in texts}


def test_a_moderator_without_javascript_merges_splits_renames_and_undoes(in_cloud: Server) -> None:
    for text in ("Kaffee", "Kaffee", "Kaffe"):
        send(in_cloud, text)
    desk = in_cloud.desk()
    base = f"/moderate/{in_cloud.code}"

    def form(action: str, **fields: str):
        return Page(desk.get(base)).form(action, **fields)

    names = ("Kaffee", "Kaffe", "Getränke")
    (proposed,) = [
        one for one in Page(desk.get(base)).all("/words/merging") if "into" in one.fields
    ]
    assert proposed.submit(desk).status_code == 303
    assert counts(in_cloud, *names) == {"Kaffee": 3}

    form("/splitting").submit(desk)
    assert counts(in_cloud, *names) == {"Kaffee": 2, "Kaffe": 1}

    form("/words/undoing").submit(desk)
    assert counts(in_cloud, *names) == {"Kaffee": 3}

    form("/renaming", text="").submit(desk, text="Getränke")
    assert counts(in_cloud, *names) == {"Getränke": 3}
    assert form("/renaming", text="Getränke").submit(desk, text="").status_code == 303
    assert counts(in_cloud, *names) == {"Kaffee": 3}


def test_words_are_merged_over_json_and_a_stale_version_gets_the_current_state(
    in_cloud: Server,
) -> None:
    """C06"""
    for text in ("Alpha", "Beta", "Gamma"):
        send(in_cloud, text)
    desk = in_cloud.desk(headers=JSON)
    ids = {word["word"]: word["id"] for word in _cloud(in_cloud)}
    merging = f"/moderate/{in_cloud.code}/words/merging"
    fields = {"into": ids["Alpha"], "words": [ids["Beta"], ids["Gamma"]], "version": "1"}

    merged = desk.post(merging, data=fields)
    again = desk.post(merging, data=fields)
    renaming = f"/moderate/{in_cloud.code}/words/{ids['Alpha']}/renaming"
    stale = desk.post(renaming, data={"text": "Omega", "version": "1"})

    now = {"id": ids["Alpha"], "state": "approved", "version": 2}
    assert (merged.status_code, merged.json()) == (200, now)
    assert (again.status_code, again.json()) == (200, now)
    assert (stale.status_code, stale.json()["current"]) == (409, now)
    assert counts(in_cloud, "Alpha", "Beta", "Gamma", "Omega") == {"Alpha": 3}


def _cloud(server: Server):
    until(lambda: len(server.live()["cloud"]) >= 3)
    return server.live()["cloud"]


def test_the_frozen_wall_stays_and_thaws_with_everything(in_cloud: Server) -> None:
    send(in_cloud, "Delta")
    until(lambda: "Delta" in [word["word"] for word in in_cloud.live()["cloud"]])
    desk = in_cloud.desk(headers=JSON)
    freezing = f"/moderate/{in_cloud.code}/freezing"
    assert desk.post(freezing, data={"frozen": "yes"}).json() == {"status": "done"}
    send(in_cloud, "Epsilon")
    send(in_cloud, "Delta")
    send(in_cloud, "Delta")

    def shown():
        words = {word["word"]: word["count"] for word in in_cloud.live()["cloud"]}
        return words.get("Delta"), words.get("Epsilon")

    assert counts(in_cloud, "Delta", "Epsilon") == {"Delta": 3, "Epsilon": 1}
    assert shown() == (1, None)
    desk.post(freezing, data={"frozen": "no"})
    until(lambda: shown() == (3, 1))


def test_a_word_that_is_hidden_and_restored_stands_where_it_stood(in_cloud: Server) -> None:
    """C10"""
    for text in ("Zeta", "Zeta", "Eta", "Theta"):
        send(in_cloud, text)
    names = ("Zeta", "Eta", "Theta")

    def places():
        of = {word["word"]: word for word in in_cloud.live()["cloud"]}
        return {name: [of[name][at] for at in ("x", "y", "size")] for name in names if name in of}

    until(lambda: len(places()) == 3)
    id = next(word["id"] for word in in_cloud.live()["cloud"] if word["word"] == "Zeta")
    before = places()
    desk = in_cloud.desk(headers=JSON)
    act = f"/moderate/{in_cloud.code}/words/{id}"

    assert desk.post(f"{act}/hiding", data={"version": "1"}).status_code == 200
    until(lambda: len(places()) == 2)
    assert desk.post(f"{act}/restoration", data={"version": "2"}).status_code == 200
    until(lambda: len(places()) == 3)

    assert places()["Zeta"][:2] == before["Zeta"][:2]


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("words/merging", {"words": "nobody:1"}, 404),
        ("words/merging", {"words": "nobody"}, 422),  # nobody knows which version was seen
        ("words/merging", {"words": "nobody:x"}, 422),
        ("words/merging", {"into": "nobody", "words": "nobody"}, 422),
        ("words/merging", {}, 422),
        ("words/dismissal", {"words": "one"}, 422),
        ("words/dismissal", {"words": ["one", "two"]}, 404),
        ("words/undoing", {"act": "99999"}, 409),
        ("words/nobody/splitting", {"version": "1"}, 404),
        ("words/nobody/renaming", {"version": "1", "text": "gut"}, 404),
        ("freezing", {"frozen": "perhaps"}, 422),
    ],
)
def test_what_can_not_be_is_refused(
    hall: Server, path: str, fields: dict[str, str], status: int
) -> None:
    answer = hall.desk(headers=JSON).post(f"/moderate/{hall.code}/{path}", data=fields)

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_nobody_but_a_moderator_curates(hall: Server) -> None:
    for path in ("words/merging", "words/undoing", "words/x/renaming", "freezing"):
        assert hall.phone().post(f"/moderate/{hall.code}/{path}", data={}).status_code == 403
