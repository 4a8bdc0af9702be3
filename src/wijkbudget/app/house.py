# SPDX-License-Identifier: EUPL-1.2
"""Opens the house: a desk from the settings, with the jobs that run beside it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from wijkbudget.app import due
from wijkbudget.app.jobs import Jobs
from wijkbudget.app.mail import Mailbox
from wijkbudget.app.post import Post
from wijkbudget.app.settings import Settings
from wijkbudget.db.database import Database, open_database
from wijkbudget.db.files import Files
from wijkbudget.db.migrate import migrate
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.trail.desk import Desk


@contextmanager
def open_house(settings: Settings) -> Iterator[Desk]:
    """Bring the database up to date and open the desk, with the house itself standing at it."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    with open_database_at(settings.database_url) as database:
        yield Desk(
            database=database,
            keys=settings.keyring(),
            files=Files(settings.files),
            actor=SYSTEM,
            clock=now,
            entropy=secrets.token_bytes,
        )


@contextmanager
def open_database_at(url: str) -> Iterator[Database]:
    """Bring the database at an address up to date, and open it. Raises UnknownDatabase."""
    database = open_database(url)
    try:
        migrate(url)
        yield database
    finally:
        database.close()


def jobs(desk: Desk, settings: Settings) -> Jobs:
    """Return the jobs of this house."""
    post = Post(settings.post)
    mailer = settings.mailer()
    throwing_away = [post.throw_away, *([mailer.post.throw_away] if isinstance(mailer, Mailbox) else [])]
    return Jobs(
        desk,
        {"letter": post.print_letter, "mail": mailer.send},
        [due.everywhere, *throwing_away],
        holder=secrets.token_hex(8),
    )


def now() -> datetime:
    """Return the moment it is; the only clock."""
    return datetime.now(UTC)
