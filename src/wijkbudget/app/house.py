# SPDX-License-Identifier: EUPL-1.2
"""Opens the house: a desk from the settings, with the jobs that run beside it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

from wijkbudget.app import due
from wijkbudget.app.agreements import AgreementRoom
from wijkbudget.app.bids import BidLetters
from wijkbudget.app.cards import CardRoom
from wijkbudget.app.compiled import keep_compiled
from wijkbudget.app.decisions import DecisionRoom
from wijkbudget.app.gifts import GiftErrands
from wijkbudget.app.jobs import Jobs
from wijkbudget.app.letters import LetterRoom
from wijkbudget.app.mail import Mailbox, sound
from wijkbudget.app.post import Post
from wijkbudget.app.settings import Settings
from wijkbudget.challenges.agreements.rules import ERRAND as AGREEMENT_ERRAND
from wijkbudget.challenges.rules.letters import ERRAND as BID_ERRAND
from wijkbudget.db.database import Database, open_database
from wijkbudget.db.files import Files
from wijkbudget.db.migrate import migrate
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.payments.contributions.rules import CHECKOUT, REFUND
from wijkbudget.payments.deposits.rules import PARTS
from wijkbudget.payments.providers.port import Provider
from wijkbudget.trail import alarms
from wijkbudget.trail.desk import Desk
from wijkbudget.voting.letters.rules import ERRAND
from wijkbudget.vouchers.cheques.rules import ERRAND as CARD_ERRAND
from wijkbudget.vouchers.grants.rules import ERRAND as GRANT_ERRAND
from wijkbudget.vouchers.reminders.rules import ERRAND as REMINDER_ERRAND


@contextmanager
def open_house(settings: Settings) -> Iterator[Desk]:
    """Bring the database up to date and open the desk, with the house itself standing at it."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    keep_compiled(settings.folder)
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


def jobs(desk: Desk, settings: Settings, payments: Provider | None = None) -> Jobs:
    """Return the jobs of this house; `payments` takes its gifts."""
    post = Post(settings.post)
    mailer = settings.mailer()
    decisions = DecisionRoom(post, settings.origin)
    room, card_room = LetterRoom(desk, settings.origin), CardRoom(desk, settings.origin)
    gifts = GiftErrands(desk, payments, settings.origin)
    throwing_away = [post.throw_away, *([mailer.post.throw_away] if isinstance(mailer, Mailbox) else [])]
    return Jobs(
        desk,
        {
            "letter": post.print_letter,
            "mail": mailer.send,
            alarms.ERRAND: partial(sound, mailer, settings.alarm_mail),
            ERRAND: room.make,
            CHECKOUT: gifts.open,
            REFUND: gifts.refund,
            PARTS: gifts.ask_parts,
            GRANT_ERRAND: decisions.make,
            REMINDER_ERRAND: decisions.remind,
            BID_ERRAND: BidLetters(desk, post).make,
            AGREEMENT_ERRAND: AgreementRoom(desk, post).make,
            CARD_ERRAND: card_room.make,
        },
        [due.everywhere, *throwing_away, room.clear, card_room.clear],
        holder=secrets.token_hex(8),
    )


def now() -> datetime:
    """Return the moment it is; the only clock."""
    return datetime.now(UTC)
