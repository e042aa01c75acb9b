"""What the README says of settings, modules and commands is what the code has."""

import re
from pathlib import Path

from typer.core import TyperGroup as Group
from typer.main import get_command

from app.cli import app
from app.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_settings_table_is_the_settings() -> None:
    rows = re.findall(r"^\| `WORLDCAFE_(\w+)` \| `?([^|`]*)`? \| ([^|]+) \|$", README, re.MULTILINE)
    documented = {name: (default.strip(), text.strip()) for name, default, text in rows}
    fields = {
        name.upper(): (str(field.default), field.description)
        for name, field in Settings.model_fields.items()
    }
    assert documented == fields


def test_the_map_names_every_feature() -> None:
    mapped = set(re.findall(r"^\s+(\w+)/ ", README, re.MULTILINE))
    features = {path.parent.name for path in (ROOT / "app").glob("*/__init__.py")}
    assert features - mapped == set()


def test_the_commands_of_the_readme_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make (\w+)", README)) - targets == set()


def test_the_commands_of_the_program_exist() -> None:
    commands = get_command(app)
    assert isinstance(commands, Group)
    said = set(re.findall(r"\bworldcafe (?!worldcafe)([a-z]+)\b", README)) | set(
        re.findall(r"-m app ([a-z]+)\b", README)
    )
    assert said - set(commands.commands) == set()
    assert {"serve", "restore"} <= said


def test_files_and_rooms_are_where_the_readme_says() -> None:
    """A name with a folder: below the whole, `app` or `static`; one without: anywhere in the program."""
    places = set(re.findall(r"`((?:[a-z_]+/)+(?:[\w.*]+)?)`", README))
    names = set(re.findall(r"(?<![\w/*.])(\w+\.py)\b", README))
    tops = (ROOT, ROOT / "app", ROOT / "static" / "js")
    assert {each for each in places if not any(list(top.glob(each)) for top in tops)} == set()
    assert names - {file.name for file in (ROOT / "app").rglob("*.py")} == set()
    assert min(len(places), len(names)) > 5
