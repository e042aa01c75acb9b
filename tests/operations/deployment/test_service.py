"""The unit for systemd: what it names exists, and its folder is all that other commands need."""

import configparser
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

from app.operations.serving.server import GRACE_S
from app.settings import Settings
from tests.running import ROOT, command_line, environment_of

UNIT = ROOT / "app" / "operations" / "deployment" / "worldcafe.service"


def unit() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names as they are
    parser.read_string(UNIT.read_text("utf-8"))
    return parser


def test_it_starts_a_command_of_ours_and_gives_it_time_to_stop() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    service = unit()["Service"]
    program, *arguments = service["ExecStart"].split()

    assert program.removeprefix("/opt/worldcafe/.venv/bin/") in scripts
    assert arguments == ["serve"]
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"
    assert int(service["TimeoutStopSec"]) > 3 * GRACE_S
    named = set(re.findall(r"WORLDCAFE_(\w+)", UNIT.read_text("utf-8")))
    assert named - {name.upper() for name in Settings.model_fields} == set()


def test_systemd_understands_it(tmp_path: Path) -> None:
    """By systemd itself where there is one; that nothing stands there twice or outside of a section, in
    any case."""
    assert unit().sections() == ["Unit", "Service", "Install"]
    tool = shutil.which("systemd-analyze")
    if tool is None:
        return
    folder = tmp_path / "opt"
    program = folder / ".venv" / "bin" / "worldcafe"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    file = tmp_path / "worldcafe.service"
    file.write_text(UNIT.read_text("utf-8").replace("/opt/worldcafe", str(folder)), "utf-8")

    checked = subprocess.run(
        [tool, "verify", "--man=no", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    complaints = [line for line in checked.stderr.splitlines() if "worldcafe.service" in line]
    assert (complaints, checked.returncode) == ([], 0)


def test_other_commands_find_settings_and_data_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("WORLDCAFE_PUBLIC_URL=https://cafe.example.org\n", "utf-8")
    environment = environment_of(tmp_path)
    del environment["WORLDCAFE_DATA"]

    added = command_line("planner", "add", "Ada", environment=environment, cwd=tmp_path)

    assert added.stdout.startswith("https://cafe.example.org/set-up/"), added.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == [".env", "data"]
    assert (tmp_path / "data" / "worldcafe.db").is_file()
