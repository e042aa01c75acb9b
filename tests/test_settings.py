"""What can be set from outside is checked when the program starts."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://cafe.example.org", "https://cafe.example.org"),
        ("HTTPS://Cafe.Example.org/", "https://cafe.example.org"),
        ("https://cafe.example.org:443", "https://cafe.example.org"),
        ("http://cafe.example.org:80", "http://cafe.example.org"),
        ("http://cafe.example.org:8080", "http://cafe.example.org:8080"),
        ("http://[2001:DB8::1]:8000", "http://[2001:db8::1]:8000"),
        ("https://Bürger-Café.example", "https://xn--brger-caf-j4a4r.example"),
    ],
)
def test_a_public_address_is_what_browsers_send_as_origin(given: str, address: str) -> None:
    assert Settings(public_url=given).address == address


@pytest.mark.parametrize(
    "given",
    [
        "cafe.example.org",
        "ftp://cafe.example.org",
        "https://",
        "https://a.example/cafe",
        "x",
        "http://ein Café",
        'http://a"><script>',
        "http://a.example:99999",
        "http://[::1",
        f"http://{'a' * 64}.example",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(given: str) -> None:
    with pytest.raises(ValidationError):
        Settings(public_url=given)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_without_a_public_address_links_lead_to_this_machine(host: str) -> None:
    assert Settings(host=host, port=8123).address == "http://127.0.0.1:8123"


def test_a_child_reads_the_same_settings_wherever_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    ours = Settings(data=Path("data"), backup_folder="stick", port=8123, limits="off")

    for name, value in ours.as_environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path / "elsewhere")
    theirs = Settings()

    assert (theirs.data, theirs.second_folder) == (tmp_path / "data", tmp_path / "stick")
    assert (theirs.address, theirs.limits) == (ours.address, "off")
