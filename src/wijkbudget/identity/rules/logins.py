# SPDX-License-Identifier: EUPL-1.2
"""When a login code opens a visit, how long both last, and how often a letter is sent."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from wijkbudget.kit import codes
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound
from wijkbudget.kit.text import _

CODE_LASTS = timedelta(days=30)
"""Choice: a letter may lie on the mat during a holiday."""
SESSION_LASTS = timedelta(hours=12)
"""Choice: one day at a desk."""
LETTER_PAUSE = timedelta(days=3)
"""Choice: who asks on the page gets at most one letter in three days, so that nobody's letter box is filled."""
LETTERS_TOGETHER_MAX = 4
"""Choice: as many people of one birth year at one house number get a letter; with more, the addition must be given."""
TOKEN_BYTES = 32
MAIL_CODE_LASTS = timedelta(minutes=15)
"""Choice: long enough to find the mail, short enough for who leaves a mailbox open."""
MAILS_TOGETHER_MAX = 3
"""Choice: so many mails to one address in that time, so that nobody's mailbox is filled; more are silently not sent."""


class CodeMistyped(BadInput):
    """The code has a typing mistake; nothing was looked up."""


class WrongCode(NotAllowed):
    """No code that can be used now; whether it ever existed is not told."""


class NotLoggedIn(NotAllowed):
    """Only somebody who logged in can ask this."""


class AddressTaken(Conflict):
    """The address opens the account of somebody else."""


class AddressMissing(NotFound):
    """No e-mail address opens this account."""


class KnownAlready(Conflict):
    """The account is somebody's already, so it cannot become another's."""


class HasRole(NotAllowed):
    """The person has a role, and whoever asks for the code could not give it."""


def read_code(typed: str) -> str:
    """Return the sixteen symbols of a login code. Raises CodeMistyped."""
    code = codes.read_code(typed)
    if code is None:
        sentence = _("There is a typing mistake in the code. Look at it again.")
        raise CodeMistyped(sentence, fields={"code": sentence})
    return code


def may_send_again(last_sent_at: datetime | None, now: datetime) -> bool:
    """Return whether a letter that was asked for on the page is sent to somebody again."""
    return last_sent_at is None or now - last_sent_at >= LETTER_PAUSE


def demand_may_hand(actor: Actor, places: Iterable[str | None]) -> None:
    """Do nothing if an actor may have the code of somebody who has a role in these places in hand. Raises HasRole.

    Choice: whoever holds a code can use it, so nobody at a desk gets one of somebody who approves, pays or rules; that
    takes whoever could give those roles. A letter to the registered address is there for everybody.
    """
    for place in places:
        if not {Role.ADMINISTRATOR, Role.SYSTEM} & actor.roles_in(place):
            raise HasRole(_("This person has a role here or elsewhere. Only an administrator can hand over this code."))


def held_roles(
    grants: Iterable[tuple[Role, str | None, date, date | None]], today: date, home: str | None, *, is_proved: bool
) -> frozenset[tuple[Role, str | None]]:
    """Return the roles of an actor today: those given, and resident where the register says so once proved.

    Each grant is a role, its neighbourhood, its first day and the day it ends.
    Choice: proof stays with somebody who moves, because it says who they are, and the register says where they live.
    """
    roles = {
        (role, place)
        for role, place, from_on, until_on in grants
        if from_on <= today and (until_on is None or today < until_on)
    }
    if home is not None and is_proved:
        roles.add((Role.RESIDENT, home))
    return frozenset(roles)
