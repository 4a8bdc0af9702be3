"""Where things are: the only settings there are; what a council decides is policy, never a setting."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from wijkbudget.trail.keyring import SECRET_BYTES, Keyring


@dataclass(frozen=True)
class Settings:
    """Read from the environment, each `WIJKBUDGET_<NAME>`."""

    folder: Path
    """Where the database, the secret, files and post stand, unless named apart."""
    database_url: str
    """The database."""
    origin: str
    """Our own address as readers see it."""

    @property
    def files(self) -> Path:
        """Return the folder of receipts."""
        return self.folder / "files"

    @property
    def post(self) -> Path:
        """Return the folder in which letters wait to be printed."""
        return self.folder / "post"

    def keyring(self) -> Keyring:
        """Return the keys of the house; the first time a secret is made, readable by its owner only."""
        path = self.folder / "secret"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(SECRET_BYTES))
        return Keyring(bytes.fromhex(path.read_text().strip()))


def from_environment(port: int = 8000) -> Settings:
    """Return the settings that the environment names, with what serves a first try where it is silent."""
    folder = Path(os.environ.get("WIJKBUDGET_FOLDER", "var"))
    return Settings(
        folder=folder,
        database_url=os.environ.get("WIJKBUDGET_DATABASE_URL", f"sqlite:///{folder / 'wijkbudget.db'}"),
        origin=os.environ.get("WIJKBUDGET_ORIGIN", f"http://127.0.0.1:{port}").rstrip("/"),
    )
