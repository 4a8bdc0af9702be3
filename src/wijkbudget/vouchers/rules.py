# SPDX-License-Identifier: EUPL-1.2
"""What a voucher may become, who may decide about it, and which accounts and settlements are refused.

Source: Algemene wet bestuursrecht, title 4.2 (subsidies). A voucher is a named amount for one plan; it is no bearer
note, cannot be transferred and is no cash. Money leaves it only for a claim with a receipt that others approved.
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from wijkbudget.kit.codes import read_code
from wijkbudget.kit.errors import BadInput, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _
from wijkbudget.ledger.flows import Flow


class PlanKind(StrEnum):
    """What a voucher is for, so that readers find the way to it."""

    INITIATIVE = "initiative"
    """A plan of residents that the neighbourhood chose."""
    CHALLENGE = "challenge"
    """A task of the municipality that a group took over."""


class VoucherState(StrEnum):
    """How far a voucher is."""

    ACTIVE = "active"
    """Its holders may claim."""
    ACCOUNTED = "accounted"
    """Its holders said what was done; nothing can be claimed any more."""
    SETTLED = "settled"
    """The rest went back to the pot; this is the end."""
    EXPIRED = "expired"
    """Its time was over or its plan stopped, and the rest went back; what was paid must still be accounted for.

    Where its group does not do so, not after a letter either, it is settled without. Source: Awb art. 4:44 lid 4.
    """


STATES: Mapping[VoucherState, frozenset[VoucherState]] = {
    VoucherState.ACTIVE: frozenset({VoucherState.ACCOUNTED, VoucherState.EXPIRED}),
    VoucherState.EXPIRED: frozenset({VoucherState.ACCOUNTED, VoucherState.SETTLED}),
    VoucherState.ACCOUNTED: frozenset({VoucherState.SETTLED}),
    VoucherState.SETTLED: frozenset(),
}


AS_READ = ("state", "claimed_cents")
"""What must not have changed when a voucher moves on."""


ISSUE = Flow(
    happens="in the same act the plan gets its voucher",
    by=(
        "initiatives.adopt",
        "initiatives.award",
        "initiatives.give_up",
        "initiatives.revoke",
        "challenges.enter_into",
    ),
    source="reserved",
    target="voucher",
    reference="voucher:<id>:issue",
)
MORE = Flow(
    happens="by a decision a plan gets more money; the number is what its voucher is worth then",
    by=("initiatives.raise_grant", "initiatives.award_more"),
    source="pot",
    target="voucher",
    reference="voucher:<id>:more:<cents>",
)
REST = Flow(
    happens="a voucher ends: what was not needed goes back to its pot",
    by=("vouchers.settle", "vouchers.expire", "initiatives.give_up", "initiatives.revoke"),
    source="voucher",
    target="pot",
    reference="voucher:<id>:rest",
)
TAKE_BACK = Flow(
    happens="a group pays back what a decision asks; the number is all that came back until then",
    by=("vouchers.take_back",),
    source="external:reclaimed",
    target="pot",
    reference="voucher:<id>:back:<cents>",
)

SHOWABLE = frozenset({VoucherState.ACTIVE, VoucherState.EXPIRED})
"""The states of a voucher in which receipts can account for an advance."""

ENDED = frozenset({VoucherState.SETTLED, VoucherState.EXPIRED})
"""The states of a voucher on which nothing is left: what becomes free goes back to the pot."""


class VoucherNotFound(NotFound):
    """No voucher with this id in this neighbourhood."""


class CodeMistyped(BadInput):
    """The check symbol does not fit: somebody made a typing mistake."""


class VoucherOver(RuleBroken):
    """The last day of the voucher has passed."""


class DayToCome(BadInput):
    """A day that has not come yet."""


class OwnMoney(NotAllowed):
    """Nobody decides about money of their own group or household."""


class MoreNotKnown(RuleBroken):
    """The extra money was decided about, and the group does not have that decision yet."""


class NothingLeft(RuleBroken):
    """All money of the voucher was spent."""


class ClaimsOpen(WrongState):
    """A claim still waits for approval or payment."""


class AdvanceOwed(RuleBroken):
    """What was paid in advance is neither accounted for nor paid back."""


class NotLower(BadInput):
    """A settlement for less is not less."""


class MoreThanOwed(BadInput):
    """More comes back than a group owes."""


class NotAccountedFor(RuleBroken):
    """The receipts do not add up to what was paid."""


_NOT_NOW: Mapping[VoucherState, Text] = {
    VoucherState.ACCOUNTED: _("This voucher was accounted for before."),
    VoucherState.SETTLED: _("This voucher can only be settled once, after its group accounted for it."),
    VoucherState.EXPIRED: _("This voucher is not in use any more."),
}


def typed_code(typed: object) -> object:
    """Return the sixteen symbols of a code as somebody typed it. Raises CodeMistyped, before anything is looked up."""
    if not isinstance(typed, str):
        return typed
    code = read_code(typed)
    if code is None:
        text = _("There is a typing mistake in this code. Look at your card: it has 16 letters and digits.")
        raise CodeMistyped(text, fields={"code": text})
    return code


def demand_state(now: VoucherState, then: VoucherState) -> None:
    """Raise WrongState if a voucher cannot go from one state to another."""
    if then not in STATES[now]:
        raise WrongState(_NOT_NOW[then])


def demand_nothing_open(open_count: int) -> None:
    """Raise ClaimsOpen if a claim still waits for approval or payment."""
    if open_count:
        raise ClaimsOpen(_("A claim on this voucher still waits for approval or payment."))


def demand_nothing_owed(owed_cents: int) -> None:
    """Raise AdvanceOwed if an advance is neither accounted for nor paid back. Source: Awb art. 4:45 and 4:57."""
    if owed_cents:
        sentence = _(
            "Of the advance %(owed_cents)s is not accounted for. The group sends receipts or pays it back first.",
            owed_cents=owed_cents,
        )
        raise AdvanceOwed(sentence)


def demand_showable(state: VoucherState) -> None:
    """Raise WrongState if receipts cannot account for an advance any more."""
    if state not in SHOWABLE:
        raise WrongState(_("Nothing can be claimed on this voucher any more."))


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


def demand_known_to_fit(amount_cents: int, left_cents: int, unknown_cents: int) -> None:
    """Raise MoreNotKnown if a claim needs extra money that was not made known yet. Source: Awb art. 3:40; VC9."""
    if left_cents - unknown_cents < amount_cents <= left_cents:
        sentence = _(
            "Take your decision about the extra %(unknown_cents)s first: it stands on the page of your voucher.",
            unknown_cents=unknown_cents,
        )
        raise MoreNotKnown(sentence, article="Algemene wet bestuursrecht, art. 3:40")


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


def demand_lower(settled_cents: int, until_now_cents: int, advanced_cents: int = 0) -> int:
    """Return what a group pays back when its money is settled for less. Raises NotLower.

    What was paid in advance and is not accounted for is part of it.
    """
    if settled_cents >= until_now_cents:
        sentence = _("This is not less: it is %(until_now_cents)s now.", until_now_cents=until_now_cents)
        raise NotLower(sentence, fields={"settled_cents": sentence})
    most_cents = until_now_cents - advanced_cents
    if settled_cents > most_cents:
        sentence = _(
            "Of the advance %(advanced_cents)s is not accounted for, so this is at most %(most_cents)s.",
            advanced_cents=advanced_cents,
            most_cents=most_cents,
        )
        raise NotLower(sentence, fields={"settled_cents": sentence})
    return until_now_cents - settled_cents


def demand_not_settled_on(owed_cents: int, spent_cents: int) -> None:
    """Raise WrongState if a settlement claims back what would not have been spent at all."""
    if owed_cents > spent_cents:
        raise WrongState(_("The settlement of this voucher counts on this claim, so it cannot be refused any more."))


def demand_settled(state: VoucherState) -> None:
    """Do nothing if a voucher was settled. Raises WrongState."""
    if state is not VoucherState.SETTLED:
        raise WrongState(_("This voucher was not settled yet."))


def more_than_owed(owed_cents: int) -> MoreThanOwed:
    """Return the refusal of money that comes back and is not owed."""
    sentence = _("The group owes %(owed_cents)s. Book that much or less.", owed_cents=owed_cents)
    return MoreThanOwed(sentence, fields={"amount_cents": sentence})


def issue_reference(voucher_id: object) -> str:
    """Return the one reference under which a voucher is issued in the ledger."""
    return ISSUE.reference_of(voucher_id)


def rest_reference(voucher_id: object) -> str:
    """Return the one reference under which the rest of a voucher goes back to the pot."""
    return REST.reference_of(voucher_id)
