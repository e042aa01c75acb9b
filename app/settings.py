"""Everything that can be set from outside, read once at start."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Environment variables with the prefix WORLDCAFE_, or the same names in a `.env` file."""

    model_config = SettingsConfigDict(
        env_prefix="WORLDCAFE_", env_file=".env", extra="ignore", frozen=True
    )

    data: Path = Field(
        default=Path("data"), description="folder for database, lock and control socket"
    )
    database_url: str = Field(default="", description="empty: SQLite in DATA")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=1, le=65535, description="port to listen on")
    public_url: str = Field(default="", description="what QR codes and links say")
    limits: Literal["on", "off"] = Field(
        default="on", description="`off` lifts the per-device limits, for load tests"
    )

    @property
    def address(self) -> str:
        """The public address without a trailing slash; never taken from a request's Host header."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_https(self) -> bool:
        return self.address.startswith("https://")
