# SPDX-License-Identifier: EUPL-1.2
"""Lets books and rows follow what is known of a gift, orders refunds, and adds from the pot; called by the verbs."""

from collections.abc import Sequence

from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as books
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Account, NotEnough, Transfer
from wijkbudget.payments.contributions import flows, lives, rules
from wijkbudget.payments.contributions.events import (
    ContributionFailed,
    ContributionPaid,
    ContributionRefundFailed,
    ContributionRefundOrdered,
    GiftsMatched,
)
from wijkbudget.payments.contributions.lives import Side, Step
from wijkbudget.payments.contributions.models import Contribution, ContributionRefund, GiftCollection
from wijkbudget.payments.contributions.queries import rows
from wijkbudget.payments.contributions.rules import CollectionState, ContributionState, RefundState
from wijkbudget.payments.providers.port import Notice
from wijkbudget.trail.work import Work


def follow(work: Work, row: Contribution, provider: str) -> None:
    """Let the books and a gift be what all its news says; the same again changes nothing."""
    to = work.session.get_one(GiftCollection, row.collection_id)
    was_paid = row.state == ContributionState.PAID
    row.provider = provider
    told, refunds = rows.notices_of(work, row.id), rows.refunds_of(work, row.id)
    life = lives.read(row.id, row.amount_cents, told, {refund.id: refund.amount_cents for refund in refunds})
    posted = books.amounts_under(work, [step.reference for step in life.steps])
    for step in life.steps:
        if step.reference not in posted:
            ledger.post(work, row.place, _transfer(step, row, to, provider))
    row.state, row.payment_id = life.state, life.payment_id
    row.taken_cents, row.waiting_cents = life.taken_cents, life.waiting_cents
    if life.state is ContributionState.PAID and not was_paid:
        row.paid_at = work.now
        _thank(work, row, to)
    _follow_refunds(work, told, refunds)
    work.session.flush()
    is_open = to.state == CollectionState.OPEN
    if not is_open and not was_paid and rows.kept_of(row):
        # It came when the collection had ended, so it goes back.
        order_refund(work, row, to, rows.kept_of(row))
    if is_open and not to.is_pot:
        _cover(work, row, to)
        match(work, to, rules.matched_cents(rows.kept_cents(work, to.id), rows.policy_of(work, row.place)))


def fail(work: Work, row: Contribution) -> None:
    """Let a gift end that was not paid."""
    row.state = ContributionState.FAILED
    work.record(ContributionFailed(place=row.place, subject=str(row.id), amount_cents=row.amount_cents))


def fail_refund(work: Work, refund: ContributionRefund) -> None:
    """Let a refund wait for the cashier."""
    refund.state = RefundState.FAILED
    facts = {"place": refund.place, "subject": str(refund.contribution_id), "refund_id": str(refund.id)}
    work.record(ContributionRefundFailed(**facts, amount_cents=refund.amount_cents))


def order_refund(work: Work, row: Contribution, to: GiftCollection, cents: int) -> None:
    """Send a part of a gift, or all of it, back to its giver."""
    assert row.provider
    refund = ContributionRefund(
        id=work.new_id(),
        contribution_id=row.id,
        place=row.place,
        amount_cents=cents,
        state=RefundState.ORDERED,
        ordered_at=work.now,
    )
    work.session.add(refund)
    row.refunded_cents += cents
    work.session.flush()
    out = flows.REFUND.transfer(_gift(to), chart.clearing(row.provider, row.place), cents, refund.id)
    ledger.post(work, row.place, out)
    work.errand(rules.REFUND, {"refund": str(refund.id)})
    facts = {"place": row.place, "subject": str(row.id), "refund_id": str(refund.id)}
    work.record(ContributionRefundOrdered(**facts, amount_cents=cents))


def match(work: Work, to: GiftCollection, then_cents: int) -> None:
    """Let the pot add so much, all together, to the gifts of a plan.

    Choice: where the pot holds too little nothing is added, and nobody was promised it; the next gift tries again.
    """
    more_cents = then_cents - to.matched_cents
    if not more_cents:
        return
    pot, gift = chart.pot(to.place, to.year, to.theme), _gift(to)
    flow, sides = (flows.MATCH, (pot, gift)) if more_cents > 0 else (flows.MATCH_BACK, (gift, pot))
    try:
        ledger.post(work, to.place, flow.transfer(*sides, abs(more_cents), to.id, to.match_count + 1))
    except NotEnough:
        return
    to.matched_cents, to.match_count = then_cents, to.match_count + 1
    work.session.flush()
    work.record(GiftsMatched(place=to.place, subject=str(to.id), matched_cents=then_cents))


def _cover(work: Work, row: Contribution, to: GiftCollection) -> None:
    """Let a gift bear what was taken back of it, as far as it is there; or less, when that came back."""
    then_cents = rules.covered_cents(row.amount_cents, row.refunded_cents, row.taken_cents)
    more_cents = then_cents - row.covered_cents
    if row.state != ContributionState.PAID or not more_cents:
        return
    gift, loss = _gift(to), chart.disputed(to.place)
    flow, sides = (flows.COVER, (gift, loss)) if more_cents > 0 else (flows.COVER_LESS, (loss, gift))
    row.covered_cents, row.cover_count = then_cents, row.cover_count + 1
    ledger.post(work, row.place, flow.transfer(*sides, abs(more_cents), row.id, row.cover_count))
    work.session.flush()


def _follow_refunds(work: Work, told: Sequence[Notice], refunds: Sequence[ContributionRefund]) -> None:
    """Say how far each refund is that the provider told of."""
    for refund in refunds:
        heard = {one.news for one in told if one.refund_id == refund.id}
        then = lives.refund_state(heard)
        if not heard or refund.state in {then, RefundState.SETTLED}:
            continue
        if then is RefundState.FAILED:
            fail_refund(work, refund)
        else:
            refund.state = then


def _thank(work: Work, row: Contribution, to: GiftCollection) -> None:
    """Say that a gift was paid, to the giver too if they asked for it."""
    facts = {"place": row.place, "subject": str(row.id), "collection_id": str(to.id)}
    work.record(ContributionPaid(**facts, amount_cents=row.amount_cents))
    if row.email_address is None:
        return
    whole, rest = divmod(row.amount_cents, 100)
    mail = {
        "to": row.email_address,
        "title": f"Bedankt voor je gift aan {to.title}",
        "lines": [
            f"Je gift van € {whole},{rest:02} is betaald. Dank je wel.",
            "Wil je zien wat er met je geld gebeurt? Ga naar de website van de wijk, kies “Geven” en dan “Mijn gift”.",
            "Vul daar deze code in. Bewaar de code goed: wie de code heeft, ziet je gift.",
        ],
        "code": rows.code_of(work, row.id),
    }
    work.errand("mail", mail)


def _transfer(step: Step, row: Contribution, to: GiftCollection, provider: str) -> Transfer:
    """Return a movement between accounts."""
    sides = {
        Side.PROVIDER: chart.provider(provider),
        Side.CLEARING: chart.clearing(provider, row.place),
        Side.GIFT: chart.pot(to.place, to.year, to.theme) if to.is_pot else _gift(to),
        Side.LOSS: chart.disputed(row.place),
    }
    return Transfer(
        source=sides[step.source], target=sides[step.target], amount=step.amount_cents, reference=step.reference
    )


def _gift(to: GiftCollection) -> Account:
    return chart.gift(to.place, to.year, to.id, to.theme)
