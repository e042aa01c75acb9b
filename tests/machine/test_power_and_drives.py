"""The system's own files, as computers of all kinds have them."""

from pathlib import Path

import pytest

from app.machine.drives import existing, remote_kind, synced_by
from app.machine.power import Power, read_power


def supply(folder: Path, name: str, **files: str) -> None:
    (folder / name).mkdir()
    for file, text in files.items():
        (folder / name / file).write_text(f"{text}\n", "ascii")


def test_a_laptop_on_battery_on_mains_and_a_computer_without_one(tmp_path: Path) -> None:
    nothing, laptop = tmp_path / "none", tmp_path / "laptop"
    nothing.mkdir()
    laptop.mkdir()
    supply(laptop, "AC", type="Mains", online="0")
    supply(laptop, "BAT0", type="Battery", status="Discharging", capacity="37")
    supply(laptop, "mouse", type="Battery", scope="Device", status="Charging", capacity="90")

    assert read_power(laptop) == Power(is_on_mains=False, percent=37)
    (laptop / "BAT0" / "status").write_text("Charging\n", "ascii")
    assert read_power(laptop) == Power(is_on_mains=True, percent=37)
    assert read_power(nothing) == Power(is_on_mains=True, percent=None)
    assert read_power(tmp_path / "missing") is None


@pytest.mark.parametrize(
    ("path", "program"),
    [
        ("OneDrive - Stadt Oberhausen/cafe/data", "OneDrive"),
        ("Dropbox/data", "Dropbox"),
        ("nextcloud/data", "Nextcloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs/data", "iCloud"),
        ("Documents/data", None),
        ("my dropbox plans/data", None),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(
    tmp_path: Path, path: str, program: str | None
) -> None:
    assert synced_by(tmp_path / path) == program


def test_a_synchronised_folder_is_known_by_its_marks(tmp_path: Path) -> None:
    (tmp_path / ".sync_a1b2c3.db").touch()
    assert synced_by(tmp_path / "cafe" / "data") == "Nextcloud"


def test_a_network_drive_is_known_by_the_mount_that_is_nearest(tmp_path: Path) -> None:
    data, mounts = tmp_path / "my share" / "data", tmp_path / "mounts"
    share = str(tmp_path / "my share").replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n//nas/share {share} cifs rw 0 0\n", "utf-8")

    assert remote_kind(data, mounts) == "cifs"
    assert remote_kind(tmp_path, mounts) is None
    assert remote_kind(data, tmp_path / "missing") is None


def test_the_nearest_folder_that_exists(tmp_path: Path) -> None:
    assert existing(tmp_path / "a" / "b") == tmp_path
