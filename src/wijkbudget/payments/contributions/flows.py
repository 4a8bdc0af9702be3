# SPDX-License-Identifier: EUPL-1.2
"""Every kind of transfer of a gift, from its giver to the plan, or back."""

from wijkbudget.ledger.flows import Flow

_HEAR, _BACK = ("payments.hear",), ("initiatives.adopt", "initiatives.award", "initiatives.give_up", "payments.hear")

ARRIVE = Flow(
    happens="the payment provider has money of a giver",
    by=_HEAR,
    source="external:provider",
    target="clearing",
    reference="payment:<id>:in",
)
GIVE = Flow(
    happens="a gift to a plan is paid",
    by=_HEAR,
    source="clearing",
    target="gift",
    reference="contribution:<id>:paid",
)
GIVE_TO_POT = Flow(
    happens="a gift to a pot is paid",
    by=_HEAR,
    source="clearing",
    target="pot",
    reference="contribution:<id>:paid",
)
MATCH = Flow(
    happens="in the same act the pot adds its part to the gifts for a plan",
    by=_HEAR,
    source="pot",
    target="gift",
    reference="collection:<id>:matched:<number>",
)
MATCH_BACK = Flow(
    happens="a gift or the plan does not go on: what the pot added to it goes back",
    by=_BACK,
    source="gift",
    target="pot",
    reference="collection:<id>:matched:<number>",
)
PASS_ON = Flow(
    happens="a plan gets its money: the gifts, with what the pot added, come into its voucher",
    by=("initiatives.adopt", "initiatives.award"),
    source="gift",
    target="voucher",
    reference="collection:<id>:passed-on",
)
TO_POT = Flow(
    happens="a plan does not go ahead: the gifts of who said so beforehand go to the pot",
    by=("initiatives.adopt", "initiatives.award", "initiatives.give_up"),
    source="gift",
    target="pot",
    reference="collection:<id>:to-pot",
)
REST = Flow(
    happens="a plan ends or stops, and money came back into the pot: what of it was given goes on to who gave",
    by=(
        "vouchers.settle",
        "vouchers.settle_lower",
        "vouchers.expire",
        "vouchers.take_back",
        "vouchers.book_back",
        "vouchers.refuse_claim",
        "initiatives.give_up",
        "initiatives.revoke",
        "initiatives.withdraw_grant",
    ),
    source="pot",
    target="gift",
    reference="gifts-in:<reference>",
)
REFUND = Flow(
    happens="a plan does not go ahead, or money of it is left: who gave gets it back",
    by=(*_BACK, *REST.by),
    source="gift",
    target="clearing",
    reference="refund:<id>:out",
)
REFUND_DONE = Flow(
    happens="the giver has it back",
    by=_HEAR,
    source="clearing",
    target="external:provider",
    reference="refund:<id>:done",
)
REFUND_FAILED = Flow(
    happens="the account of the giver did not take it",
    by=_HEAR,
    source="external:provider",
    target="clearing",
    reference="refund:<id>:failed",
)
REFUND_SETTLED = Flow(
    happens="the cashier paid it by hand",
    by=("payments.settle_refund",),
    source="clearing",
    target="external:provider",
    reference="refund:<id>:settled",
)
TAKE = Flow(
    happens="the bank of a giver takes the money back, or the provider gives it back of itself",
    by=_HEAR,
    source="external:disputed",
    target="clearing",
    reference="taken:<id>:out",
)
TAKE_DONE = Flow(
    happens="in the same act it leaves the provider",
    by=_HEAR,
    source="clearing",
    target="external:provider",
    reference="taken:<id>:done",
)
TAKE_BACK = Flow(
    happens="the bank of the giver was wrong, and the money is with the provider again",
    by=_HEAR,
    source="external:provider",
    target="clearing",
    reference="taken:<id>:back",
)
TAKE_IN = Flow(
    happens="in the same act it is not disputed any more",
    by=_HEAR,
    source="clearing",
    target="external:disputed",
    reference="taken:<id>:in",
)
STRAY_BACK = Flow(
    happens="money that arrived and is of no gift goes back to who paid it",
    by=_HEAR,
    source="clearing",
    target="external:provider",
    reference="stray:<id>:out",
)
STRAY_IN = Flow(
    happens="the account of who paid did not take it",
    by=_HEAR,
    source="external:provider",
    target="clearing",
    reference="stray:<id>:in",
)
COVER = Flow(
    happens="a gift that did not go on yet bears what was taken back of it",
    by=_HEAR,
    source="gift",
    target="external:disputed",
    reference="contribution:<id>:covered:<number>",
)
COVER_LESS = Flow(
    happens="a gift bears less of it, because it came back",
    by=_HEAR,
    source="external:disputed",
    target="gift",
    reference="contribution:<id>:covered:<number>",
)
