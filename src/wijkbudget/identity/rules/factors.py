# SPDX-License-Identifier: EUPL-1.2
"""Which roles take a second step at the door, and when that step counts."""

from collections.abc import Iterable

from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import Conflict, NotAllowed, RuleBroken
from wijkbudget.kit.text import _

SECOND_STEP_ROLES = frozenset({Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.CASHIER, Role.ADMINISTRATOR})
"""Who grants, decides, approves or pays, and who gives others such a role.

Source: Baseline Informatiebeveiliging Overheid (who can do harm with one account shows more than one proof).
Choice: no council may lower this, so it is no policy; residents, guides and auditors move nothing and need no phone.
"""

ON_PAPER = frozenset({"letter", "desk"})
"""The ways to log in that prove where somebody lives, or that somebody saw them."""

STEP_SECONDS = 30
STEPS_AROUND = 1
"""Choice: a clock that is half a minute wrong is no reason to stay outside. Source: RFC 6238, 5.2."""
SECRET_BYTES = 20
"""Source: RFC 4226, 4 (a shared secret of 160 bits)."""
STEP_DIGITS = 6


class WrongStep(NotAllowed):
    """The code of the second step is not right, or was used before."""


class StepMissing(RuleBroken):
    """There is no second step yet to take."""


class StepThere(Conflict):
    """There is a second step already; a new one takes the desk."""


class StepNotNeeded(RuleBroken):
    """None of the person's roles needs a second step."""


class PaperNeeded(NotAllowed):
    """The visit did not begin with a code from a letter or the desk."""


Held = tuple[Role, str | None]


def sleeping(roles: Iterable[Held], *, is_verified: bool) -> frozenset[Held]:
    """Return the roles that do not count in a visit, because the second step was not taken in it."""
    return frozenset() if is_verified else frozenset(held for held in roles if held[0] in SECOND_STEP_ROLES)


def demand_can_add(roles: Iterable[Held], way: str, *, is_there: bool) -> None:
    """Do nothing if somebody with these roles may add a second step. Raises a refusal of this file.

    Choice: it is added in a visit that began on paper, so that whoever reads a mailbox cannot give themselves the phone
    that moves money.
    """
    if is_there:
        raise StepThere(_("You have a second step already. Is your phone gone? Ask an administrator at the desk."))
    if not sleeping(roles, is_verified=False):
        raise StepNotNeeded(_("Your roles need no second step."))
    if way not in ON_PAPER:
        raise PaperNeeded(_("Log in with a code from a letter or from the desk first. Then add the second step."))
