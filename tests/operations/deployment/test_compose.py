"""The compose file, as far as it can be held without a container engine: what it names exists, what it
copies is enough to serve, and its commands run."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.operations.serving.server import GRACE_S
from app.settings import Settings
from tests.operations.deployment.proxies import CADDYFILE
from tests.running import ROOT, Server, load_event

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
CAFE, PROXY = COMPOSE["services"]["worldcafe"], COMPOSE["services"]["proxy"]
BUILT = [
    shlex.split(line)
    for line in CAFE["build"]["dockerfile_inline"].replace("\\\n", " ").splitlines()
]


def test_nobody_reaches_the_server_but_through_the_proxy() -> None:
    published = {
        name: service["ports"]
        for name, service in COMPOSE["services"].items()
        if "ports" in service
    }

    assert published == {"proxy": ["80:80", "443:443", "443:443/udp"]}
    assert CAFE["environment"]["WORLDCAFE_PUBLIC_URL"].startswith("https://${WORLDCAFE_DOMAIN:?")
    port = Settings.model_fields["port"].default
    assert PROXY["environment"]["WORLDCAFE_BEHIND"] == f"${{WORLDCAFE_BEHIND:-worldcafe:{port}}}"


def test_settings_and_names_are_known_where_they_go() -> None:
    settings = {f"WORLDCAFE_{name.upper()}" for name in Settings.model_fields}
    asked_for = set(re.findall(r"\{\$(\w+)", CADDYFILE.read_text("utf-8")))

    assert set(CAFE["environment"]) - settings == set()
    assert set(PROXY["environment"]) == asked_for


def test_it_may_write_its_folders_and_nothing_else() -> None:
    mounted = {volume.rpartition(":/")[2].removesuffix(":ro") for volume in CAFE["volumes"]}
    written = {CAFE["environment"][f"WORLDCAFE_{name}"] for name in ("DATA", "BACKUP_FOLDER")}
    (user,) = [words[1:] for words in BUILT if words[0] == "USER"]
    (made,) = [words for words in BUILT if words[:2] == ["RUN", "useradd"]]

    assert (CAFE["read_only"], CAFE["cap_drop"], user) == (True, ["ALL"], ["cafe"])
    assert {f"/{folder}" for folder in mounted} == written == {"/data", "/backups"}
    assert made[-2:] == ["/data", "/backups"]
    assert "cafe" in made


def test_volumes_are_declared_and_files_are_there() -> None:
    used = [
        volume.rsplit(":/", 1)[0]
        for each in COMPOSE["services"].values()
        for volume in each["volumes"]
    ]
    files = [volume for volume in used if volume.startswith("./")]
    named = {_by_default(volume) for volume in used if volume not in files}

    assert named == set(COMPOSE["volumes"])
    assert [ROOT / _by_default(file).partition(":")[0] for file in files] == [CADDYFILE]


def _by_default(text: str) -> str:
    return re.sub(r"\$\{\w+:-(\w+)\}", r"\1", text)


def test_there_is_time_to_stop() -> None:
    assert int(CAFE["stop_grace_period"].removesuffix("s")) > 3 * GRACE_S


def test_its_command_is_one_of_ours() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    (command,) = [words for words in BUILT if words[0] == "CMD"]

    assert command[1].strip("[],") in scripts
    assert command[2].strip("[],") == "serve"


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A folder with what the image has of ours, and nothing else."""
    for _, *sources, target in [words for words in BUILT if words[0] == "COPY"]:
        for source in sources:
            if (ROOT / source).is_dir():
                without = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / source, tmp_path / "srv" / target, ignore=without)
            else:
                (tmp_path / "srv").mkdir(exist_ok=True)
                shutil.copy(ROOT / source, tmp_path / "srv" / target)
    return tmp_path / "srv"


def test_what_is_copied_serves_and_its_health_is_asked(image: Path, tmp_path: Path) -> None:
    """O07: by /readyz, in the very words of the healthcheck."""
    data = tmp_path / "cafe" / "data"
    key, code = load_event(data)
    server = Server(data, PYTHONPATH=str(image))
    server.event, server.code = key, code
    kind, python, *asking = CAFE["healthcheck"]["test"]
    asking = [word.replace(":8000", f":{server.port}") for word in asking]

    def is_healthy() -> bool:
        done = subprocess.run(
            [sys.executable, *asking], capture_output=True, timeout=60, check=False
        )
        return done.returncode == 0

    subprocess.run([sys.executable, "-m", "compileall", "-q", image], check=True, timeout=120)
    server.start(is_cold=True)
    try:
        assert (kind, python) == ("CMD", "python")
        assert is_healthy()
        assert server.client().get(f"/e/{code}/live").status_code == 200
        poster = server.planner().get(f"/plan/events/{key}/posters.pdf", timeout=60)
        assert poster.content[:5] == b"%PDF-"
        server.stop()
        assert not is_healthy()
    finally:
        server.give_up()
    assert not server.has_logged_a_fault, server.log_text
