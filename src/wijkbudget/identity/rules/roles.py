# SPDX-License-Identifier: EUPL-1.2
"""Which roles can be given, to whom, and from when until when they hold."""

from collections.abc import Collection
from datetime import date

from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.text import Text, _

GRANTABLE = (
    Role.GUIDE,
    Role.COUNCIL,
    Role.CHAIR,
    Role.OFFICIAL,
    Role.CASHIER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
"""A resident is made by the register, a guest by nobody, and the system is the house itself."""

MUNICIPAL = frozenset({Role.OFFICIAL, Role.CASHIER, Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that can hold in the whole municipality."""

_NAMES = {
    Role.GUEST: _("guest"),
    Role.RESIDENT: _("resident"),
    Role.GUIDE: _("guide"),
    Role.COUNCIL: _("council member"),
    Role.CHAIR: _("chair of the council"),
    Role.OFFICIAL: _("official"),
    Role.CASHIER: _("cashier"),
    Role.AUDITOR: _("auditor"),
    Role.ADMINISTRATOR: _("administrator"),
    Role.SYSTEM: _("the house"),
}


class GrantNotFound(NotFound):
    """No such role was given in this neighbourhood."""


class RoleHeld(Conflict):
    """The person has this role already."""


class RoleOver(Conflict):
    """The role ended already."""


class NotForYourself(NotAllowed):
    """Nobody gives or takes a role of their own."""


class NotGrantable(RuleBroken):
    """The role cannot be given here, or not like this."""


class AuditorsAuditOnly(RuleBroken):
    """Whoever audits holds no other role in the same place."""


def role_name(role: Role) -> Text:
    """Return what people call a role."""
    return _NAMES[role]


def demand_grantable(role: Role, held: Collection[Role], *, is_own: bool, is_municipal: bool) -> None:
    """Do nothing if a role may be given to somebody who holds these. Raises a refusal of this file.

    Choice: whoever audits takes no other part, so that nobody audits what they did themselves.
    """
    if is_own:
        raise NotForYourself(_("You cannot give yourself a role. Ask another administrator."))
    if role not in GRANTABLE or (is_municipal and role not in MUNICIPAL):
        raise NotGrantable(_("The role of %(role)s cannot be given here.", role=role_name(role)))
    if role in held:
        raise RoleHeld(_("This person is %(role)s already.", role=role_name(role)))
    if held and Role.AUDITOR in {role, *held}:
        raise AuditorsAuditOnly(_("An auditor cannot have another role here."))


def demand_period(today: date, until_on: date | None) -> None:
    """Do nothing if a role that begins today can end on a day. Raises NotGrantable."""
    if until_on is not None and until_on <= today:
        raise NotGrantable(_("The last day must be later than today."))


def demand_endable(today: date, until_on: date | None, *, is_own: bool) -> None:
    """Do nothing if a role can be ended today. Raises NotForYourself or RoleOver."""
    if is_own:
        raise NotForYourself(_("You cannot end a role of your own. Ask another administrator."))
    if until_on is not None and until_on <= today:
        raise RoleOver(_("This role ended already."))
