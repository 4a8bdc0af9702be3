# SPDX-License-Identifier: EUPL-1.2
"""What is refused of what people decide about shares, and of what holders hand back."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from wijkbudget.kit.errors import Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import HandBackPolicy
from wijkbudget.shares.rules.holdings import Holding, Reason


class HolderNotFound(NotFound):
    """Nobody with this id holds shares in this neighbourhood."""


class ShareNotFound(NotFound):
    """The holder has no such share."""


class OwnShares(NotAllowed):
    """Nobody decides about shares of their own household."""


class Suspended(WrongState):
    """Shares that do not count cannot be handed back or added to."""


class NotSuspended(WrongState):
    """There is nothing to lift."""


class FirstShare(RuleBroken):
    """The first share follows from the register, and ends only with leaving."""


class NothingForContracts(RuleBroken):
    """The rules give the council no share to grant."""


class NoContract(RuleBroken):
    """No party promised anything for the year of the decision."""


class CapReached(RuleBroken):
    """The holder has as many shares as the rules allow."""


class ContractShareGiven(Conflict):
    """The holder got a share for the neighbourhood contract in this year before."""


class NotOfThisYear(RuleBroken):
    """The decision is of another year than this one."""


class NoPrice(RuleBroken):
    """The by-law pays nothing for a share."""


class HandBackClosed(RuleBroken):
    """A vote is on the way, so no share changes hands."""


class TooFewToHandBack(RuleBroken):
    """There are not so many shares that can be handed back."""


def demand_others(decider: str, household: Collection[str]) -> None:
    """Do nothing if somebody decides about shares of others. Raises OwnShares. Source: Awb art. 2:4."""
    if decider in household:
        raise OwnShares(_("These are shares of your own household, so somebody else must decide about them."))


def demand_counting(*, is_suspended: bool) -> None:
    """Do nothing while shares count. Raises Suspended."""
    if is_suspended:
        raise Suspended(_("These shares do not count now, so nothing can be done with them."))


def demand_extra(reason: Reason) -> None:
    """Do nothing for a share that is not the first. Raises FirstShare. Source: invariant SH1."""
    if reason is Reason.RESIDENT:
        raise FirstShare(_("The first share comes with living here. It goes only when somebody leaves."))


def demand_contract(*, is_agreed: bool) -> None:
    """Do nothing if there is a neighbourhood contract for a share to follow from. Raises NoContract."""
    if not is_agreed:
        raise NoContract(_("There is no neighbourhood contract for this year that every party agreed to."))


def demand_room(holding: Holding, decided_on: date, today: date, shares_max: int) -> None:
    """Do nothing if a holder can get a share for the neighbourhood contract by a decision of a day.

    Choice: one in a calendar year at most, as for time, and by a decision of this year.
    Raises NotOfThisYear, ContractShareGiven or CapReached.
    """
    if decided_on.year != today.year:
        raise NotOfThisYear(_("This decision is of another year. A share follows from a decision of this year."))
    if decided_on.year in holding.contracts:
        raise ContractShareGiven(_("This person got a share for the neighbourhood contract this year before."))
    if holding.counted >= shares_max:
        raise CapReached(_("This person has as many shares as the rules allow."))


def demand_open(article: str, *, is_closed: bool) -> None:
    """Do nothing while no vote is on the way. Raises HandBackClosed.

    Choice: from the day on which it is known who can vote to the last day of voting, no share is handed back, so that
    nobody waits for a vote with leaving.
    """
    if is_closed:
        raise HandBackClosed(
            _("A vote is on the way, so no share can be handed back now. You can when the voting is over."),
            article=article,
        )


def demand_price(back: HandBackPolicy | None, article: str) -> HandBackPolicy:
    """Return at what price shares can be handed back. Raises NoPrice."""
    if back is None:
        raise NoPrice(_("The rules of your neighbourhood pay nothing for a share."), article=article)
    return back


def handed_back(share_ids: Sequence[UUID], count: int, article: str) -> Sequence[UUID]:
    """Return which shares go back: the last of those for years of residence, in order. Raises TooFewToHandBack.

    Choice: only shares for years of residence, as in Delft. The first share stays (invariant SH1), and a share for time
    or for the contract is worth no money, because hours never become euros.
    """
    if count > len(share_ids):
        sentence = _("You can hand back %(most)s shares: those for the years that you live here.", most=len(share_ids))
        raise TooFewToHandBack(sentence, article=article)
    return share_ids[len(share_ids) - count :]
