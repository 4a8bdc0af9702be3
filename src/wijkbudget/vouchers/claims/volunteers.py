# SPDX-License-Identifier: EUPL-1.2
"""What a group can ask for a volunteer among them, and under what it counts as received."""

from collections.abc import Collection
from datetime import date

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.fees.rules import Fee, Form, Source
from wijkbudget.vouchers.claims.rules import CostKind


class AskedOtherwise(RuleBroken):
    """A kind of cost that is asked for in another way."""


class NotOfTheGroup(RuleBroken):
    """A fee is for a member of the group."""


def demand_asked_so(kind: CostKind, own_category: str | None) -> None:
    """Do nothing if a cost is asked for by the kind of claim that it has. Raises AskedOtherwise."""
    if kind is CostKind.VOLUNTEER_FEE and own_category != kind:
        raise AskedOtherwise(_("A fee for somebody's time is asked for apart: choose that first."))


def demand_of_the_group(person: str, group: Collection[str]) -> None:
    """Do nothing if a fee is for a member of the group. Raises NotOfTheGroup."""
    if person not in group:
        sentence = _("A fee can go to a member of your group only. Pay others with a bill.")
        raise NotOfTheGroup(sentence)


def fee_of(volunteer: object, amount_cents: int, on: date, about: str) -> Fee:
    """Return what a volunteer receives by a claim. Choice: it counts on the day on which its payment was ordered."""
    return Fee(
        person_id=str(volunteer),
        amount_cents=amount_cents,
        received_on=on,
        form=Form.MONEY,
        source=Source.CLAIM,
        about=about,
    )


def fee_about(claim_id: object, turn: int) -> str:
    """Return under what the fee of a claim is kept: one for each time that it was put before the approvers."""
    return f"{claim_id}:{turn}"
