# SPDX-License-Identifier: EUPL-1.2
"""Reads decisions about money, each for whom it is meant, and since when a grant is known."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Basis, Body, Power, PowerRule
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers.grants import access, rules
from wijkbudget.vouchers.grants.models import GrantDecision, GrantReceiver
from wijkbudget.vouchers.grants.rules import DecisionKind, GrantDecisionNotFound, Ground, Way
from wijkbudget.vouchers.grants.schemas import GrantDecisionView
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.rules import PlanKind
from wijkbudget.vouchers.schemas import DecidedBy


@question(access.LIST)
def grant_decisions(look: Look, place: str, about: str | None = None) -> list[GrantDecisionView]:
    """Return the decisions about money, of one plan or of all, that whoever asks may read: first what is not known yet.

    Raises NeighbourhoodNotFound.
    """
    neighbourhoods.neighbourhood(look, place)
    here = select(GrantDecision).where(col(GrantDecision.place) == place)
    if about is not None:
        here = here.where(col(GrantDecision.about) == about)
    if not access.READ.allows(look.roles) or access.READ.only_own(look.roles):
        mine = select(GrantReceiver.grant_decision_id).where(col(GrantReceiver.person) == look.actor.id)
        here = here.where(col(GrantDecision.id).in_(mine))
    newest = col(GrantDecision.decided_at).desc(), col(GrantDecision.title), col(GrantDecision.id)
    return _views(look, look.session.exec(here.order_by(col(GrantDecision.known_on).isnot(None), *newest)).all())


@question(access.READ)
def grant_decision(look: Look, place: str, grant_decision_id: UUID) -> GrantDecisionView:
    """Return one decision about money. Raises GrantDecisionNotFound or NotYours."""
    row = decision_row(look, place, grant_decision_id)
    look.demand_own(receivers_of(look, [row.id])[row.id])
    return _views(look, [row])[0]


def decided_by(rule: PowerRule) -> DecidedBy:
    """Return which body decides about money where the policy says this.

    Source: Awb art. 4:29 and 10:3. A council that only advises decides nothing: then the executive does, and an
    official acts in its name.
    """
    if rule.body is Body.COUNCIL and rule.power is Power.BINDING:
        return DecidedBy(body=rule.body, basis=rule.basis, article=rule.article)
    body = Body.MUNICIPAL_COUNCIL if rule.body is Body.MUNICIPAL_COUNCIL else Body.EXECUTIVE
    return DecidedBy(body=body, basis=None, article=rule.article)


def refusals_of(look: Look, about: Collection[str], ground: Ground) -> Mapping[str, GrantDecision]:
    """Return the refusal of each of these plans that was refused on this ground."""
    of_them = col(GrantDecision.about).in_(about), col(GrantDecision.ground) == ground
    refused = col(GrantDecision.kind) == DecisionKind.REFUSAL
    return {row.about: row for row in look.session.exec(select(GrantDecision).where(*of_them, refused)).all()}


def decision_row(look: Look, place: str, grant_decision_id: UUID) -> GrantDecision:
    """Return the row of a decision about money of this neighbourhood. Raises GrantDecisionNotFound."""
    here = col(GrantDecision.id) == grant_decision_id, col(GrantDecision.place) == place
    row = look.session.exec(select(GrantDecision).where(*here)).first()
    if row is None:
        raise GrantDecisionNotFound(_("There is no such decision in this neighbourhood."))
    return row


def receivers_of(look: Look, ids: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
    """Return whom each of these decisions is for."""
    found = defaultdict[UUID, set[str]](set)
    for each in look.session.exec(select(GrantReceiver).where(col(GrantReceiver.grant_decision_id).in_(ids))).all():
        found[each.grant_decision_id].add(each.person)
    return {id_: frozenset(found[id_]) for id_ in ids}


def grants_of(look: Look, voucher_ids: Collection[UUID]) -> Mapping[UUID, GrantDecision]:
    """Return the grant of each of these vouchers that has one."""
    return {row.voucher_id: row for row in _of(look, voucher_ids, DecisionKind.GRANT) if row.voucher_id}


def settlement_of(look: Look, voucher_id: UUID) -> GrantDecision | None:
    """Return the settlement of a voucher, or None before that."""
    return next(iter(_of(look, [voucher_id], DecisionKind.SETTLEMENT)), None)


def known_on(look: Look, voucher_id: UUID) -> date | None:
    """Return since when the grant of a voucher is known, or None before that."""
    found = grants_of(look, [voucher_id]).get(voucher_id)
    return found.known_on if found else None


def granted_cents(look: Look, voucher_id: UUID) -> int:
    """Return what was granted on a voucher by all decisions, without what others added."""
    kinds = (DecisionKind.GRANT, DecisionKind.INCREASE)
    return sum(row.amount_cents for kind in kinds for row in _of(look, [voucher_id], kind))


def unknown_cents(look: Look, voucher_id: UUID) -> int:
    """Return how much was granted after the first time and not made known yet, so that it cannot be asked for."""
    return sum(row.amount_cents for row in _of(look, [voucher_id], DecisionKind.INCREASE) if row.known_on is None)


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every voucher without its grant, and every decision that is for nobody or known too early."""
    ids = look.session.exec(select(Voucher.id).order_by(col(Voucher.id))).all()
    granted = {row.voucher_id for row in look.session.exec(select(GrantDecision)).all() if row.kind == "grant"}
    for voucher_id in ids:
        if voucher_id not in granted:
            yield Fault("a voucher has its decision", f"voucher {voucher_id}", "nobody decided to grant it")
    decisions = look.session.exec(select(GrantDecision).order_by(col(GrantDecision.id))).all()
    receivers = receivers_of(look, [row.id for row in decisions])
    for row in decisions:
        about = f"decision {row.id} about money"
        if not receivers[row.id]:
            yield Fault("a decision is for somebody", about, "is for nobody")
        if row.known_on and row.known_on < day_of(row.decided_at):
            yield Fault("a decision is made known after it was taken", about, f"was known on {row.known_on}")
        ground = Ground(row.ground) if row.ground else None
        if ground and ground not in rules.GROUNDS[DecisionKind(row.kind)]:
            yield Fault("a decision has a ground of the law", about, f"rests on {row.ground}")


def _of(look: Look, voucher_ids: Collection[UUID], kind: DecisionKind) -> Sequence[GrantDecision]:
    of_them = col(GrantDecision.voucher_id).in_(voucher_ids), col(GrantDecision.kind) == kind
    return look.session.exec(select(GrantDecision).where(*of_them)).all()


def _views(look: Look, found: Sequence[GrantDecision]) -> list[GrantDecisionView]:
    """Return decisions as whoever asks may see them."""
    receivers = receivers_of(look, [row.id for row in found])
    names = identity.names(look, {person for people in receivers.values() for person in people})
    vouchers = [row.voucher_id for row in found if row.voucher_id]
    makes_known = access.MAKE_KNOWN.allows(look.roles)
    collects = access.COLLECT.allows(look.roles)
    kinds = dict(look.session.exec(select(Voucher.id, Voucher.plan_kind).where(col(Voucher.id).in_(vouchers))).all())
    return [
        _view(
            row,
            PlanKind(kinds[row.voucher_id]) if row.voucher_id else PlanKind.INITIATIVE,
            sorted(names[person] for person in receivers[row.id] if person in names),
            may_collect=collects and row.known_on is None and look.actor.id in receivers[row.id],
            may_make_known=makes_known and row.known_on is None,
        )
        for row in found
    ]


def _view(
    row: GrantDecision, plan_kind: PlanKind, receivers: list[str], *, may_collect: bool, may_make_known: bool
) -> GrantDecisionView:
    kind, ground = DecisionKind(row.kind), Ground(row.ground) if row.ground else None
    body, basis = Body(row.body), Basis(row.basis) if row.basis else None
    return GrantDecisionView(
        id=row.id,
        kind=kind,
        ground=ground,
        plan_kind=plan_kind,
        about=row.about,
        title=row.title,
        voucher_id=row.voucher_id,
        decision_id=row.decision_id,
        body=body,
        basis=basis,
        power_article=row.power_article,
        article=rules.article_of(kind, ground, is_unasked=row.is_unasked),
        motivation=row.motivation,
        heard_on=row.heard_on,
        heard_note=row.heard_note,
        amount_cents=row.amount_cents,
        owed_cents=row.owed_cents,
        decided_on=day_of(row.decided_at),
        known_on=row.known_on,
        known_way=Way(row.known_way) if row.known_way else None,
        objection_until=rules.objection_until(row.known_on) if row.known_on else None,
        objection_to=rules.objection_to(body, basis),
        pay_until=rules.pay_until(row.known_on) if row.known_on and row.owed_cents else None,
        receivers=receivers,
        may_collect=may_collect,
        may_make_known=may_make_known,
    )
