# SPDX-License-Identifier: EUPL-1.2
"""Who takes time out of the books that was found not right later, and what its giver can do about that."""

from collections.abc import Collection
from datetime import date

from wijkbudget.kit.errors import Conflict
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules.entries import ObjectionsOver, demand_ruler


class CorrectedBefore(Conflict):
    """Time is looked at again once."""


class ObjectedBefore(Conflict):
    """The giver objected before."""


def demand_correctable(*, actor_id: str, concerned: Collection[str | None], is_corrected: bool) -> None:
    """Do nothing if somebody may take settled time out of the books. Raises OwnDispute or CorrectedBefore.

    Choice: the time is right or it is not, as in a dispute; what was right of it can be logged again. And it is looked
    at again once, so that a ruling is an end.
    """
    demand_ruler(actor_id=actor_id, concerned=concerned)
    if is_corrected:
        raise CorrectedBefore(_("This time was looked at again before. That ruling holds."))


def demand_objectable(*, today: date, objections_until: date, is_objected: bool) -> None:
    """Do nothing if the giver may still object to a correction. Raises ObjectedBefore or ObjectionsOver."""
    if is_objected:
        raise ObjectedBefore(_("You objected before. Wait for the ruling."))
    if today >= objections_until:
        raise ObjectionsOver(_("You can no longer object. The days for that are over."))


def demand_open_objection(*, is_objected: bool, is_ruled: bool) -> None:
    """Do nothing if there is an objection that nobody ruled on. Raises WrongState."""
    if not is_objected or is_ruled:
        raise WrongState(_("There is no objection to rule on."))
