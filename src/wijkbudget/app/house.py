"""Opens the house: a desk from the settings, with the jobs that run beside it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from wijkbudget.app import due
from wijkbudget.app.jobs import Jobs
from wijkbudget.app.post import Post
from wijkbudget.app.settings import Settings
from wijkbudget.db.database import open_database
from wijkbudget.db.files import Files
from wijkbudget.db.migrate import migrate
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.trail.desk import Desk


@contextmanager
def open_house(settings: Settings) -> Iterator[Desk]:
    """Bring the database up to date and open the desk, with the house itself standing at it."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    migrate(settings.database_url)
    database = open_database(settings.database_url)
    try:
        yield Desk(
            database=database,
            keys=settings.keyring(),
            files=Files(settings.files),
            actor=SYSTEM,
            clock=now,
            entropy=secrets.token_bytes,
        )
    finally:
        database.close()


def jobs(desk: Desk, settings: Settings) -> Jobs:
    """Return the jobs of this house."""
    post = Post(settings.post)
    return Jobs(desk, {"letter": post.print_letter}, [due.everywhere, post.throw_away], holder=secrets.token_hex(8))


def now() -> datetime:
    """Return the moment it is; the only clock."""
    return datetime.now(UTC)
