# SPDX-License-Identifier: EUPL-1.2
"""Which resident vouchers may be issued, what they may be pledged to, and what becomes of them.

Source: `docs/adr/0006-named-vouchers.md`: each is named, dated, no cash and not to be handed on.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.ledger.flows import Flow
from wijkbudget.neighbourhoods.rules.policy import ResidentVouchersPolicy

CODE_TRIES = "resident voucher code"
"""What wrong tries of these codes are counted under."""

ERRAND = "resident voucher cards"
"""The kind of errand that makes a file of cards."""

CARDS_TOGETHER_MAX = 1_000
"""Choice: cards in one file; a printer takes it, and setting it takes some seconds."""

KEPT_DAYS = 14
"""Choice: a post room has two weeks; after that, or once the last day has passed, the files are wiped."""

WAIT_DAYS = 120
"""Choice: so long after the last day what was pledged waits for plans that are still voted on; a vote with its decision
takes less."""

PLEDGES_PER_NUMBER_MIN = 10
"""Choice: how many people pledged is told of ten or more, because of fewer a neighbour may guess who."""


ISSUE = Flow(
    happens="everybody gets a resident voucher: one transfer for all of them",
    by=("vouchers.issue_cheques",),
    source="pot",
    target="cheques",
    reference="issuance:<id>:issue",
)
PLEDGED = Flow(
    happens="after the last day of resident vouchers, and once a plan has money: what was pledged to it",
    by=("vouchers.close_cheques",),
    source="cheques",
    target="voucher",
    reference="issuance:<id>:pledged:<voucher_id>",
)
PLEDGED_ON = Flow(
    happens="the same, to a plan that the pot of a theme pays: it leaves the general pot",
    by=("vouchers.close_cheques",),
    source="cheques",
    target="between",
    reference="issuance:<id>:to-theme:<voucher_id>",
)
PLEDGED_IN = Flow(
    happens="in the same act it comes to that plan",
    by=("vouchers.close_cheques",),
    source="between",
    target="voucher",
    reference="issuance:<id>:pledged:<voucher_id>",
)
LEFT_OVER = Flow(
    happens="once every plan was decided about: what nobody pledged, or only to plans that got no money",
    by=("vouchers.close_cheques",),
    source="cheques",
    target="pot",
    reference="issuance:<id>:rest",
)


class IssuanceState(StrEnum):
    """How far the resident vouchers are that were issued in one act."""

    OPEN = "open"
    """They can be pledged."""
    CLOSED = "closed"
    """What was pledged went to the plans, and the rest back to the pot."""


class ChequeState(StrEnum):
    """Whether one of them counts."""

    ACTIVE = "active"
    DEACTIVATED = "deactivated"
    """An official stopped it; its amount goes back to the pot with the rest."""


class IssuanceNotFound(NotFound):
    """No resident vouchers are open in this neighbourhood."""


class ChequeNotFound(NotFound):
    """Nobody with this id has a resident voucher that is open."""


class CardsNotFound(NotFound):
    """There is no such file of cards."""


class CardsNotReady(RuleBroken):
    """The cards are not made yet."""


class NoCheques(RuleBroken):
    """The policy of the neighbourhood knows no resident vouchers."""


class TooMuchEach(RuleBroken):
    """The amount is higher than the policy allows."""


class WrongLastDay(RuleBroken):
    """The last day comes too soon, or too late."""


class NobodyEligible(RuleBroken):
    """Nobody on the register would get one."""


class IssuedAlready(Conflict):
    """Resident vouchers are open in this neighbourhood."""


class WrongCode(NotAllowed):
    """A code that finds nothing here, whatever the reason."""


class ChequeOver(RuleBroken):
    """The last day has passed."""


class ChequeDeactivated(RuleBroken):
    """An official stopped this resident voucher."""


class DeactivatedBefore(Conflict):
    """It was stopped before."""


class PlanTakesNone(RuleBroken):
    """A plan that cannot be pledged to."""


class NamedTwice(BadInput):
    """A plan is named twice."""


class MoreThanItsValue(RuleBroken):
    """The pledges together are higher than the voucher."""


class CardsMadeBefore(Conflict):
    """The cards were made before."""


def wrong_code() -> WrongCode:
    """Return the one refusal for every code that finds nothing, so that it tells nothing about why.

    Choice: a code that never was, one of another neighbourhood and one that was replaced are answered alike.
    """
    return WrongCode(_("This code does not work here. Look at your card: the code and the neighbourhood."))


def demand_issuable(value_cents: int, last_on: date, today: date, section: ResidentVouchersPolicy) -> None:
    """Do nothing if resident vouchers may be issued so. Raises TooMuchEach or WrongLastDay."""
    if value_cents > section.value_cents_max:
        sentence = _("The rules allow at most %(most_cents)s each.", most_cents=section.value_cents_max)
        raise TooMuchEach(sentence, article=section.article)
    if not today < last_on <= today + timedelta(days=section.open_days_max):
        sentence = _("Choose a last day after today, at most %(days)s days ahead.", days=section.open_days_max)
        raise WrongLastDay(sentence, article=section.article)


def demand_open(state: ChequeState, last_on: date, today: date, article: str) -> None:
    """Do nothing while a resident voucher can be pledged. Raises ChequeOver or ChequeDeactivated."""
    if today > last_on:
        raise ChequeOver(_("The last day of your resident voucher has passed."), article=article)
    if state is not ChequeState.ACTIVE:
        raise ChequeDeactivated(_("This resident voucher was stopped. Ask at the desk of the municipality."))


def demand_pledges(
    pledges: Sequence[tuple[UUID, int]], plans: Collection[UUID], value_cents: int, article: str
) -> dict[UUID, int]:
    """Return what goes to each plan, without those that get nothing.

    Raises NamedTwice, PlanTakesNone or MoreThanItsValue.
    """
    named = [plan for plan, _cents in pledges]
    if len(set(named)) < len(named):
        raise NamedTwice(_("A plan is named twice."))
    wanted = {plan: cents for plan, cents in pledges if cents}
    if not wanted.keys() <= set(plans):
        raise PlanTakesNone(_("One of these plans cannot get anything any more. Look at the list once more."))
    if (together_cents := sum(wanted.values())) > value_cents:
        sentence = _(
            "You divide %(together_cents)s, and you have %(value_cents)s. Give somewhere less.",
            together_cents=together_cents,
            value_cents=value_cents,
        )
        raise MoreThanItsValue(sentence, article=article)
    return wanted


def may_wait(last_on: date, today: date) -> bool:
    """Return whether what was pledged can still wait for plans that are voted on."""
    return today <= last_on + timedelta(days=WAIT_DAYS)


def shown_count(count: int) -> int | None:
    """Return a number of people, or None where it is so small that it could tell who."""
    return count if count >= PLEDGES_PER_NUMBER_MIN else None


def files_of(addresses: Mapping[UUID, tuple[str, int, str]]) -> list[list[UUID]]:
    """Return whose cards go in which file, in the order of the postman's round."""
    ordered = sorted(addresses, key=lambda each: (addresses[each], each))
    return [ordered[first : first + CARDS_TOGETHER_MAX] for first in range(0, len(ordered), CARDS_TOGETHER_MAX)]


def wiped_from(made_on: date, last_on: date) -> date:
    """Return the day on which a file of cards is thrown away."""
    return min(made_on + timedelta(days=KEPT_DAYS), last_on + timedelta(days=1))


def demand_there(*, is_printed: bool, is_wiped: bool) -> None:
    """Do nothing if a file of cards can be fetched. Raises CardsNotReady or CardsNotFound."""
    if is_wiped:
        raise CardsNotFound(_("These cards were thrown away: they hold addresses and codes."))
    if not is_printed:
        raise CardsNotReady(_("These cards are not made yet. Look again in a moment."))
