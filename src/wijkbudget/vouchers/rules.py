# SPDX-License-Identifier: EUPL-1.2
"""What a voucher and a claim may become, and which claims, approvals and settlements are refused.

Source: Algemene wet bestuursrecht, title 4.2 (subsidies). A voucher is a named amount for one plan; it is no bearer
note, cannot be transferred and is no cash. Money leaves it only for a claim with a receipt that others approved.
"""

import base64
import binascii
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _

RECEIPT_BYTES_MAX = 5 * 1024 * 1024
"""Choice: a photo of a telephone or a scanned bill fits in 5 MB."""

RECEIPT_BASE64_MAX = (RECEIPT_BYTES_MAX + 2) // 3 * 4
"""The same as text, four signs for three bytes."""


class VoucherState(StrEnum):
    """How far a voucher is."""

    ACTIVE = "active"
    """Its holders may claim."""
    ACCOUNTED = "accounted"
    """Its holders said what was done; nothing can be claimed any more."""
    SETTLED = "settled"
    """The rest went back to the pot; this is the end."""
    EXPIRED = "expired"
    """Its time was over or its plan stopped, and the rest went back; what was paid must still be accounted for."""


STATES: Mapping[VoucherState, frozenset[VoucherState]] = {
    VoucherState.ACTIVE: frozenset({VoucherState.ACCOUNTED, VoucherState.EXPIRED}),
    VoucherState.EXPIRED: frozenset({VoucherState.ACCOUNTED}),
    VoucherState.ACCOUNTED: frozenset({VoucherState.SETTLED}),
    VoucherState.SETTLED: frozenset(),
}


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


ENDED = frozenset({VoucherState.SETTLED, VoucherState.EXPIRED})
"""The states of a voucher on which nothing is left: what becomes free goes back to the pot."""

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
    """A volunteer's fee, or somebody who was hired for a day."""
    ALCOHOL = "alcohol"
    WAGES = "wages"
    POLITICS = "politics"
    RELIGION = "religion"
    OTHER = "other"


class VoucherNotFound(NotFound):
    """No voucher with this id in this neighbourhood."""


class ClaimNotFound(NotFound):
    """No claim with this id in this neighbourhood."""


class VoucherOver(RuleBroken):
    """The last day of the voucher has passed."""


class CostExcluded(RuleBroken):
    """The policy does not pay this kind of cost."""


class BoughtTooEarly(RuleBroken):
    """The cost was made before the voucher was there."""


class MoreThanLeft(RuleBroken):
    """The claim is higher than what is left on the voucher."""


class ReceiptUsed(Conflict):
    """The receipt was claimed before, on this voucher or another one."""


class ReceiptUnreadable(BadInput):
    """The file is no receipt that can be read."""

    def __init__(self, text: Text) -> None:
        """Say it at the field too."""
        super().__init__(text, fields={"receipt": text})


class DayToCome(BadInput):
    """A day that has not come yet."""


class AccountChanged(Conflict):
    """The account number was changed since the approver looked."""


class SameAccount(BadInput):
    """The money goes there already."""


class OwnMoney(NotAllowed):
    """Nobody decides about money of their own group or household."""


class ApprovedBefore(Conflict):
    """The same person cannot approve twice."""


class NothingLeft(RuleBroken):
    """All money of the voucher was spent."""


class ClaimsOpen(WrongState):
    """A claim still waits for approval or payment."""


class NotAccountedFor(RuleBroken):
    """The receipts do not add up to what was paid."""


_NOT_NOW: Mapping[VoucherState, Text] = {
    VoucherState.ACCOUNTED: _("This voucher was accounted for before."),
    VoucherState.SETTLED: _("This voucher can only be settled once, after its group accounted for it."),
    VoucherState.EXPIRED: _("This voucher is not in use any more."),
}


def demand_state(now: VoucherState, then: VoucherState) -> None:
    """Raise WrongState if a voucher cannot go from one state to another."""
    if then not in STATES[now]:
        raise WrongState(_NOT_NOW[then])


def demand_filed(state: ClaimState) -> None:
    """Raise WrongState if a claim was decided about before."""
    if state is not ClaimState.FILED:
        raise WrongState(_("This claim was decided about before."))


def demand_not_refused(state: ClaimState) -> None:
    """Raise WrongState if a claim was refused, so that its amount is free again."""
    if state is ClaimState.REFUSED:
        raise WrongState(_("This claim was decided about before."))


def demand_nothing_open(open_count: int) -> None:
    """Raise ClaimsOpen if a claim still waits for approval or payment."""
    if open_count:
        raise ClaimsOpen(_("A claim on this voucher still waits for approval or payment."))


def demand_left(left_cents: int) -> None:
    """Raise NothingLeft if nothing would go back."""
    if not left_cents:
        raise NothingLeft(_("All money of this plan was spent, so nothing can go back. Account for it instead."))


def demand_claimable(state: VoucherState, valid_until: date, today: date, article: str) -> None:
    """Do nothing while a voucher can be claimed on. Raises WrongState or VoucherOver.

    Source: Awb art. 4:30 and 4:31 (a grant says until when it holds); invariant VC9.
    """
    if state is not VoucherState.ACTIVE:
        raise WrongState(_("Nothing can be claimed on this voucher any more."))
    if today >= valid_until:
        raise VoucherOver(_("The last day of this voucher has passed."), article=article)


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


def demand_finished(finished_on: date, today: date) -> None:
    """Raise DayToCome if the day on which a plan was finished has not come yet."""
    if finished_on > today:
        sentence = _("This day has not come yet.")
        raise DayToCome(sentence, fields={"finished_on": sentence})


def demand_other_eyes(decider: str, interested: Collection[str]) -> None:
    """Do nothing if somebody decides about money of others. Raises OwnMoney.

    Source: Awb art. 2:4; invariants VC6 and L10 (whoever approves is not who asked, and does not profit).
    """
    if decider in interested:
        raise OwnMoney(_("This is money of your own group or household, so somebody else must decide about it."))


def approvals_needed(amount_cents: int, two_approvals_over_cents: int) -> int:
    """Return how many different people must approve a claim.

    Source: invariants VC6 and L10. Choice: the policy says above which amount it takes two, which can be zero (always
    two) and is never more than EUR 500; at or below it one is enough.
    """
    return 2 if amount_cents > two_approvals_over_cents else 1


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


def demand_accounted(paid_cents: int, receipts_cents: int) -> None:
    """Do nothing if the receipts add up to what was paid. Raises NotAccountedFor.

    Source: Awb art. 4:45 (income and spending are accounted for); invariant L4.
    """
    if paid_cents != receipts_cents:
        raise NotAccountedFor(
            _(
                "The receipts add up to %(receipts_cents)s and %(paid_cents)s was paid. That must be the same.",
                receipts_cents=receipts_cents,
                paid_cents=paid_cents,
            )
        )


def receipt_facts(supplier: str, number: str, bought_on: date, amount_cents: int) -> list[str]:
    """Return what makes two receipts the same receipt, however it was typed. Source: invariant VC7."""
    typed = ["".join(sign for sign in text.casefold() if sign.isalnum()) for text in (supplier, number)]
    return [*typed, bought_on.isoformat(), str(amount_cents)]


def read_base64(sent: str) -> bytes:
    """Return the bytes of a file that was sent. Raises ReceiptUnreadable."""
    if len(sent) > RECEIPT_BASE64_MAX:
        raise ReceiptUnreadable(_("This file is too large: at most 5 MB."))
    try:
        return base64.b64decode(sent, validate=True)
    except (binascii.Error, ValueError):
        raise ReceiptUnreadable(_("This file cannot be read. Send it once more.")) from None


def issue_reference(voucher_id: object) -> str:
    """Return the one reference under which a voucher is issued in the ledger."""
    return f"voucher:{voucher_id}:issue"


def rest_reference(voucher_id: object) -> str:
    """Return the one reference under which the rest of a voucher goes back to the pot."""
    return f"voucher:{voucher_id}:rest"
