"""What the README says of settings and modules is what the code has."""

import re
from pathlib import Path

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
