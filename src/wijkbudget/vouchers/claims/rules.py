# SPDX-License-Identifier: EUPL-1.2
"""What a claim may become, and which claims and approvals are refused."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, Conflict, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.ledger.flows import Flow
from wijkbudget.neighbourhoods.rules import ApprovalStep
from wijkbudget.vouchers.rules import DayToCome, OwnMoney

USED = Flow(
    happens="what was given in kind counts, and nothing is paid",
    by=("vouchers.approve",),
    source="voucher",
    target="external:used",
    reference="claim:<id>:used",
)
FREED = Flow(
    happens="a claim on a voucher that ended is not paid after all: its money goes back to the pot",
    by=("vouchers.approve", "vouchers.refuse_claim", "payments.receive"),
    source="voucher",
    target="pot",
    reference="voucher:<id>:rest:<claim>",
)


class ClaimState(StrEnum):
    """How far a claim is."""

    FILED = "filed"
    """Waits for approval."""
    APPROVED = "approved"
    """Enough people approved; the cashier can pay."""
    REFUSED = "refused"
    """It is not paid, and its amount is free again."""
    PAID = "paid"
    """The bank paid; payments says so, the claim itself stays approved."""
    COUNTED = "counted"
    """It counts as spent and nothing is paid: an advance covers it, or it was given in kind."""


OPEN = frozenset({ClaimState.FILED, ClaimState.APPROVED})
"""The states of a claim about which something must still be done."""


class CostKind(StrEnum):
    """What a cost was for; a policy names the ones it excludes."""

    MATERIALS = "materials"
    EQUIPMENT = "equipment"
    RENT = "rent"
    FOOD = "food"
    TRANSPORT = "transport"
    PRINTING = "printing"
    FEES = "fees"
    """Somebody who was hired for a day."""
    VOLUNTEER_FEE = "volunteer_fee"
    """What a volunteer gets for their time: a kind of claim of its own, because the law limits it."""
    ALCOHOL = "alcohol"
    WAGES = "wages"
    POLITICS = "politics"
    RELIGION = "religion"
    OTHER = "other"


class VatRate(StrEnum):
    """The VAT in an amount. Source: Wet op de omzetbelasting 1968, art. 9 and 11."""

    ZERO = "0"
    LOW = "9"
    HIGH = "21"
    EXEMPT = "exempt"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One line of a bill: what it was for, and what it cost with the VAT in it."""

    category: CostKind
    amount_cents: int
    vat: VatRate | None
    """None: the paper does not say."""
    about: str | None = None

    @property
    def vat_cents(self) -> int | None:
        """Return how much of the amount is VAT, half a cent up, or None where the paper does not say."""
        if self.vat is None:
            return None
        percent = 0 if self.vat is VatRate.EXEMPT else int(self.vat)
        return (2 * self.amount_cents * percent + 100 + percent) // (2 * (100 + percent))


class ClaimNotFound(NotFound):
    """No claim with this id in this neighbourhood."""


class CostExcluded(RuleBroken):
    """The policy does not pay this kind of cost."""


class BoughtTooEarly(RuleBroken):
    """The cost was made before the voucher was there."""


class MoreThanLeft(RuleBroken):
    """The claim is higher than what is left on the voucher."""


class InstalmentToCome(RuleBroken):
    """The part of the voucher from which the claim would be paid cannot be asked yet."""


class ReceiptUsed(Conflict):
    """The receipt was claimed before, on this voucher or another one."""


class Incomplete(BadInput):
    """Something that this kind of claim asks is not filled in, or the other way round."""


class LinesDoNotAddUp(BadInput):
    """The lines of a bill are not its amount."""


class NothingToPay(WrongState):
    """Nothing is paid on this claim, so no account number belongs to it."""


class AccountChanged(Conflict):
    """The account number was changed since the approver looked."""


class SameAccount(BadInput):
    """The money goes there already."""


class ReasonMissing(RuleBroken):
    """For so much money an approver says why."""


class ApprovedBefore(Conflict):
    """The same person cannot approve twice."""


def demand_filed(state: ClaimState) -> None:
    """Raise WrongState if a claim was decided about before."""
    if state is not ClaimState.FILED:
        raise WrongState(_("This claim was decided about before."))


def demand_refusable(state: ClaimState, to_pay_cents: int) -> None:
    """Do nothing if a claim can be refused: it waits, or is approved and the bank would pay it. Raises WrongState."""
    if state is not ClaimState.APPROVED or not to_pay_cents:
        demand_filed(state)


def demand_not_refused(state: ClaimState) -> None:
    """Raise WrongState if a claim was refused, so that its amount is free again."""
    if state is ClaimState.REFUSED:
        raise WrongState(_("This claim was decided about before."))


def demand_asked(given: Collection[str], needs: Collection[str], allows: Collection[str]) -> None:
    """Do nothing if a claim says what its kind asks, and nothing else. Raises Incomplete."""
    missing = {name: _("Fill this in.") for name in sorted(set(needs) - set(given))}
    extra = {name: _("This is not asked here.") for name in sorted(set(given) - {*needs, *allows})}
    if missing or extra:
        raise Incomplete(_("Something is not filled in right yet."), fields={**missing, **extra})


def demand_account(payee: str | None, iban: str | None) -> tuple[str, str]:
    """Return to whom an amount goes, where some must be paid. Raises Incomplete."""
    if payee is None or iban is None:
        demand_asked([name for name, value in (("payee", payee), ("iban", iban)) if value], ["payee", "iban"], [])
    assert payee
    assert iban
    return payee, iban


def demand_adding_up(costs: Sequence[Cost], amount_cents: int) -> None:
    """Do nothing if the lines of a bill are its amount, to the cent. Raises LinesDoNotAddUp."""
    lines_cents = sum(cost.amount_cents for cost in costs)
    if costs and lines_cents != amount_cents:
        sentence = _(
            "The lines add up to %(lines_cents)s and the whole is %(amount_cents)s. That must be the same.",
            lines_cents=lines_cents,
            amount_cents=amount_cents,
        )
        raise LinesDoNotAddUp(sentence, fields={"amount_cents": sentence})


def demand_payable_cost(kind: CostKind, excluded: Collection[str], article: str) -> None:
    """Do nothing if the policy pays this kind of cost. Raises CostExcluded. Source: invariant VC13."""
    if kind in excluded:
        raise CostExcluded(_("The rules of your neighbourhood do not pay this kind of cost."), article=article)


def demand_bought_in_time(bought_on: date, issued_on: date, today: date, article: str) -> None:
    """Do nothing if a cost was made while the voucher was there. Raises DayToCome or BoughtTooEarly.

    Choice: what was bought before the decision was not bought because of it.
    """
    if bought_on > today:
        sentence = _("This day has not come yet.")
        raise DayToCome(sentence, fields={"bought_on": sentence})
    if bought_on < issued_on:
        raise BoughtTooEarly(_("This was bought before you had the voucher. That cannot be paid."), article=article)


def approvals_needed(amount_cents: int, steps: Sequence[ApprovalStep]) -> int:
    """Return how many different people must approve a claim.

    Source: invariants VC6 and L10. Choice: the policy says above which amounts it takes more, the first of them zero
    (always two) to EUR 500; at or below it one is enough.
    """
    return max((step.approvals for step in steps if amount_cents > step.over_cents), default=1)


def is_reason_asked(amount_cents: int, steps: Sequence[ApprovalStep]) -> bool:
    """Return whether whoever approves a claim says why."""
    return any(step.with_reason for step in steps if amount_cents > step.over_cents)


def demand_not_payee(*, is_payee: bool) -> None:
    """Do nothing if an approver does not get the money. Raises OwnMoney. Source: invariant VC6."""
    if is_payee:
        raise OwnMoney(_("This money goes to somebody with your name, so somebody else must approve it."))


def demand_due(amount_cents: int, claimed_cents: int, due_cents: int, next_on: date | None) -> None:
    """Do nothing if what was asked of a voucher stays within the parts that can be asked. Raises InstalmentToCome.

    Source: Awb art. 4:95 lid 1 (money before its day is an advance, and needs a decision that says so).
    """
    if next_on is not None and claimed_cents + amount_cents > due_cents:
        raise InstalmentToCome(
            _(
                "You can ask %(free_cents)s now. The next part can be asked from %(day)s.",
                free_cents=max(0, due_cents - claimed_cents),
                day=next_on,
            ),
            article="Algemene wet bestuursrecht, art. 4:95",
        )


def filled(parts_cents: Sequence[int], cents: int) -> list[int]:
    """Return how much of an amount counts for each part, the first ones first."""
    counted = []
    for part_cents in parts_cents:
        counted.append(min(part_cents, cents))
        cents -= counted[-1]
    return counted


def demand_reason(reason: str, article: str, *, is_asked: bool) -> None:
    """Do nothing if an approver says why, or need not. Raises ReasonMissing."""
    if is_asked and not reason:
        raise ReasonMissing(_("Say why you approve this: the rules ask it for so much money."), article=article)


def demand_first_time(approver: str, approvers: Collection[str]) -> None:
    """Raise ApprovedBefore if somebody approves a second time."""
    if approver in approvers:
        raise ApprovedBefore(_("You approved this claim before. Somebody else must approve it too."))


def demand_seen(turn_seen: int, turn: int) -> None:
    """Do nothing if somebody approves a claim as it is now. Raises AccountChanged. Source: invariant VC8."""
    if turn_seen != turn:
        raise AccountChanged(_("The account number of this claim was changed. Look at it once more."))


def demand_other_account(now: tuple[str, str], then: tuple[str, str]) -> None:
    """Do nothing if a claim gets another payee or IBAN than it has. Raises SameAccount."""
    if now == then:
        sentence = _("The money goes to this account already.")
        raise SameAccount(sentence, fields={"iban": sentence})


def demand_paid(to_pay_cents: int) -> None:
    """Raise NothingToPay if the bank pays nothing on a claim."""
    if not to_pay_cents:
        raise NothingToPay(_("Nothing is paid on this claim, so no account number belongs to it."))


def used_reference(claim_id: object) -> str:
    """Return the one reference under which what was given in kind is booked."""
    return USED.reference_of(claim_id)


def receipt_facts(supplier: str, number: str, bought_on: date, amount_cents: int) -> list[str]:
    """Return what makes two receipts the same receipt, however it was typed. Source: invariant VC7."""
    typed = ["".join(sign for sign in text.casefold() if sign.isalnum()) for text in (supplier, number)]
    return [*typed, bought_on.isoformat(), str(amount_cents)]
