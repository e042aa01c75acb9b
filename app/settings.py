"""Everything that can be set from outside, read once at start."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_PORTS = {"http": 80, "https": 443}
PRIVATE_NAMES = (
    ".localhost",
    ".local",
    ".lan",
    ".internal",
    ".intranet",
    ".home.arpa",
    ".fritz.box",
)
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def _name(host: str) -> str:
    """As it goes through the net: Origin headers say xn--… for a name with umlauts. Raises ValueError for
    what is no name."""
    name = host.encode("idna").decode()
    if not re.fullmatch(r"[a-z0-9._-]+", name):
        raise ValueError("not the name of a host")
    return name


class Settings(BaseSettings):
    """Environment variables with the prefix WORLDCAFE_, or the same names in a `.env` file."""

    model_config = SettingsConfigDict(
        env_prefix="WORLDCAFE_", env_file=".env", extra="ignore", frozen=True
    )

    data: Path = Field(
        default=Path("data"), description="folder for database, lock and control socket"
    )
    database_url: str = Field(default="", description="empty: SQLite in DATA; or `postgresql://…`")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=1, le=65535, description="port to listen on")
    public_url: str = Field(default="", description="what QR codes and links say")
    limits: Literal["on", "off"] = Field(
        default="on", description="`off` lifts the per-device limits, for load tests"
    )

    backup_folder: str = Field(
        default="", description="a second folder for backups, on a USB stick for example"
    )

    @field_validator("public_url")
    @classmethod
    def _normal(cls, url: str) -> str:
        """Scheme, host and port as a browser writes them in an Origin header."""
        if not url:
            return url
        parts = urlsplit(url.strip())
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.path.strip("/"):
            raise ValueError("http:// or https:// and a host name, nothing behind it")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else _name(parts.hostname)
        is_usual = parts.port in (None, DEFAULT_PORTS[parts.scheme])
        return f"{parts.scheme}://{host}" + ("" if is_usual else f":{parts.port}")

    @property
    def is_shared(self) -> bool:
        """Whether the database is a server, which other nodes may use, too; then no data are in DATA."""
        return self.database_url.startswith("postgres")

    @property
    def second_folder(self) -> Path | None:
        return Path(self.backup_folder).absolute() if self.backup_folder else None

    @property
    def address(self) -> str:
        """The public address without a trailing slash; never taken from a request's Host header."""
        if self.public_url:
            return self.public_url
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether the address leads nowhere from any other machine: no phone can follow it."""
        return urlsplit(self.address).hostname in THIS_MACHINE

    @property
    def is_public(self) -> bool:
        """Whether anybody on the internet may come: then the law wants an imprint."""
        host = urlsplit(self.public_url).hostname or "localhost"
        try:
            return ip_address(host).is_global
        except ValueError:  # a name
            return "." in host and not host.endswith(PRIVATE_NAMES)

    def as_environment(self) -> dict[str, str]:
        """As a child of this process reads the same ones, wherever it starts."""
        folders = {"data": self.data.resolve(), "backup_folder": self.second_folder or ""}
        said = self.model_dump() | folders
        return {f"WORLDCAFE_{name.upper()}": str(value) for name, value in said.items()}

    @property
    def is_https(self) -> bool:
        return self.address.startswith("https://")
