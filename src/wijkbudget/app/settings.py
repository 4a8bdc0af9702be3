# SPDX-License-Identifier: EUPL-1.2
"""Where things are: the only settings there are; what a council decides is policy, never a setting."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from wijkbudget.app.mail import Mailbox, Mailer, MailServer
from wijkbudget.app.paths import house_folder
from wijkbudget.app.post import Post
from wijkbudget.identity.logins.settings import ProviderSettings, read_providers
from wijkbudget.payments.providers.settings import PaymentSettings, read_payment_provider
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
    smtp_url: str | None = field(default=None, repr=False)
    """The mail server; without one, mail is put in a folder."""
    mail_from: str | None = None
    """The address our mail comes from."""
    alarm_mail: str | None = None
    """Who keeps the house, and is mailed when something is wrong; without one, the log says it."""
    providers_file: Path | None = None
    """Which identity providers people may log in with; without one, none."""
    payments_file: Path | None = None
    """Which payment provider takes gifts, and where its keys are; without one, nobody can give."""

    @property
    def files(self) -> Path:
        """Return the folder of receipts."""
        return self.folder / "files"

    @property
    def post(self) -> Path:
        """Return the folder in which letters wait to be printed."""
        return self.folder / "post"

    def mailer(self) -> Mailer:
        """Return what sends our mail."""
        sender = self.mail_from or f"wijkbudget@{urlsplit(self.origin).hostname}"
        return MailServer(self.smtp_url, sender) if self.smtp_url else Mailbox(Post(self.folder / "mail"), sender)

    def providers(self) -> Sequence[ProviderSettings]:
        """Return the identity providers; their secrets stand in files beside theirs. Raises OSError or ValueError."""
        if self.providers_file is None:
            return []
        beside = self.providers_file.parent
        return read_providers(self.providers_file.read_text(), lambda name: (beside / name).read_text().strip())

    def payments(self) -> PaymentSettings | None:
        """Return the payment provider; its secrets stand in files beside it. Raises OSError or ValueError."""
        if self.payments_file is None:
            return None
        beside = self.payments_file.parent
        return read_payment_provider(self.payments_file.read_text(), lambda name: (beside / name).read_text().strip())

    @property
    def secret(self) -> Path:
        """Return the file from which every key is made; kept apart from backups."""
        return self.folder / "secret"

    def keyring(self) -> Keyring:
        """Return the keys of the house; the first time a secret is made, readable by its owner only."""
        path = self.secret
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(SECRET_BYTES))
        return Keyring(bytes.fromhex(path.read_text().strip()))


def from_environment(port: int = 8000) -> Settings:
    """Return the settings that the environment names, with what serves a first try where it is silent."""
    folder = house_folder()
    return Settings(
        folder=folder,
        database_url=os.environ.get("WIJKBUDGET_DATABASE_URL", f"sqlite:///{folder / 'wijkbudget.db'}"),
        origin=os.environ.get("WIJKBUDGET_ORIGIN", f"http://127.0.0.1:{port}").rstrip("/"),
        smtp_url=os.environ.get("WIJKBUDGET_SMTP_URL"),
        mail_from=os.environ.get("WIJKBUDGET_MAIL_FROM"),
        alarm_mail=os.environ.get("WIJKBUDGET_ALARM_MAIL"),
        providers_file=_file_at(os.environ.get("WIJKBUDGET_PROVIDERS_FILE")),
        payments_file=_file_at(os.environ.get("WIJKBUDGET_PAYMENTS_FILE")),
    )


def _file_at(named: str | None) -> Path | None:
    return Path(named) if named else None
