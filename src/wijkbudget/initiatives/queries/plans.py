# SPDX-License-Identifier: EUPL-1.2
"""Answers about plans, each reader what is theirs to see."""

from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select

from wijkbudget.db.prepared import Prepared
from wijkbudget.identity import queries as identity
from wijkbudget.initiatives import access
from wijkbudget.initiatives.models import INITIATIVE_TABLE, Initiative
from wijkbudget.initiatives.queries import rounds, rows, stops
from wijkbudget.initiatives.rules import NEXT, State, Verdict
from wijkbudget.initiatives.schemas import (
    AssessmentView,
    CostLineView,
    InitiativeLine,
    InitiativeView,
    OverviewView,
    ResultView,
)
from wijkbudget.kit.actor import Role
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments.contributions import queries as contributions
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import queries as voting
from wijkbudget.voting.schemas import OptionResult
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.grants.rules import Ground
from wijkbudget.vouchers.rules import VoucherState

_LISTED = (
    select(*(INITIATIVE_TABLE.c[name] for name in rows.ListedRow._fields))
    .where(col(Initiative.place) == bindparam("place"))
    .order_by(col(Initiative.proposed_at).desc(), col(Initiative.title), col(Initiative.id))
)
_HERE, _OF_THEME = Prepared(_LISTED), Prepared(_LISTED.where(col(Initiative.theme) == bindparam("theme")))
"""Read without the ORM: a list is long, and nothing in it is changed."""


@question(access.READ)
def initiatives(look: Look, place: str, theme: str | None = None) -> list[InitiativeLine]:
    """Return the plans of a neighbourhood, or those of one theme, the newest first. Raises NeighbourhoodNotFound."""
    listed, chosen = (_OF_THEME, {"theme": theme}) if theme else (_HERE, {})
    return rows.lines(look, place, listed.each(look.session, rows.ListedRow._make, place=place, **chosen))


@question(access.READ)
def overview(look: Look, place: str, theme: str | None = None) -> OverviewView:
    """Return what the page of plans shows, in one look. Raises NeighbourhoodNotFound or PolicyNotFound."""
    follows_rounds = access.PUT_ON_BALLOT.allows(look.roles) or access.ADOPT.allows(look.roles)
    return OverviewView(
        initiatives=initiatives(look, place, theme),
        themes=tuple(neighbourhoods.policy(look, place).rules.initiatives.themes),
        rounds=voting.rounds(look, place) if follows_rounds else [],
        advised=rows.adopted_rounds(look, place) if follows_rounds else [],
    )


@question(access.READ)
def initiative(look: Look, place: str, initiative_id: UUID) -> InitiativeView:
    """Return one plan. Raises InitiativeNotFound."""
    row = rows.initiative_row(look, place, initiative_id)
    line = rows.lines(look, place, [row])[0]
    me, initiators = look.actor.id, rows.initiators_of(look, row)
    is_mine, has_supported = me in initiators, rows.has_supported(look, row, me)
    adopted = rows.adoption_of(look, place, row.round_id) if row.round_id else None
    voucher = vouchers.of_initiative(look, place, str(row.id)) if row.state == State.GRANTED else None
    state, has_money = line.state, voucher is not None and voucher.state is VoucherState.ACTIVE
    will_have_money = is_mine and state is State.ON_BALLOT and rounds.promised_cents(look, row) > 0
    collection = contributions.of_plan(look, place, str(row.id))
    return InitiativeView(
        **line.model_dump(by_alias=False),
        summary=row.summary,
        spot=row.spot,
        cost_lines=[
            CostLineView(what=cost.what, amount_cents=cost.amount_cents) for cost in rows.cost_lines_of(look, row)
        ],
        own_cents=row.own_cents,
        own_minutes=row.own_minutes,
        starts_on=row.starts_on,
        organisation=identity.organisation(look, place, row.organisation_id).name if row.organisation_id else None,
        initiators=sorted(identity.names(look, initiators).values()) if _belongs_here(look, place) else [],
        assessment=_assessment(look, row),
        result=_result(look, row),
        stopped=stops.stopped_of(look, row),
        moved_up=stops.moved_up_of(look, row),
        not_awarded=_not_awarded(look, row),
        decision_id=adopted.decision_id if adopted else None,
        voucher_id=voucher.id if voucher else None,
        is_mine=is_mine,
        collection_id=collection.id if collection else None,
        may_collect=access.COLLECT.allows(look.roles)
        and is_mine
        and state is State.ON_BALLOT
        and collection is None
        and neighbourhoods.policy(look, place).rules.gifts is not None,
        has_supported=has_supported,
        may_support=access.SUPPORT.allows(look.roles) and state is State.PROPOSED and not is_mine and not has_supported,
        may_withdraw=access.WITHDRAW.allows(look.roles) and is_mine and State.WITHDRAWN in NEXT[state],
        may_give_up=access.GIVE_UP.allows(look.roles) and is_mine and (has_money or will_have_money),
        may_revoke=access.REVOKE.allows(look.roles) and has_money and not rounds.is_advice(look, row),
        may_withdraw_grant=access.WITHDRAW_GRANT.allows(look.roles)
        and has_money
        and not is_mine
        and rounds.is_advice(look, row),
        may_assess=access.ASSESS.allows(look.roles) and state is State.SUPPORTED and not is_mine,
    )


def option_result(look: Look, row: Initiative) -> OptionResult | None:
    """Return what became of a plan in the count that decides, or None while that is not known."""
    round_id = rounds.counted_round(look, row)
    if round_id is None:
        return None
    outcome = voting.outcome(look, row.place, round_id)
    count = outcome.weighted if outcome.decides == "weighted" else outcome.equal
    return next(option for option in count.options if option.about == str(row.id))


def _result(look: Look, row: Initiative) -> ResultView | None:
    option = option_result(look, row)
    return ResultView(won=option.won, votes_hundredths=option.votes_hundredths, why=option.why) if option else None


def _assessment(look: Look, row: Initiative) -> AssessmentView | None:
    kept = rows.assessment_of(look, row)
    if kept is None:
        return None
    return AssessmentView(
        verdict=Verdict(kept.verdict),
        reason=kept.reason,
        what_would_help=kept.what_would_help,
        assessed_on=day_of(kept.assessed_at),
    )


def _not_awarded(look: Look, row: Initiative) -> str | None:
    """Return why a plan that won got no money, if whoever decides said so."""
    if row.state != State.NOT_CHOSEN:
        return None
    refusal = grants.refusals_of(look, [str(row.id)], Ground.ADVICE_NOT_FOLLOWED).get(str(row.id))
    return refusal.motivation if refusal else None


def _belongs_here(look: Look, place: str) -> bool:
    """Return whether whoever asks lives in the neighbourhood or works for it; a guest sees no names."""
    return bool(look.actor.roles_in(place) - {Role.GUEST})
