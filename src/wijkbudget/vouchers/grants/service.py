# SPDX-License-Identifier: EUPL-1.2
"""Writes decisions about money with their letters, and says when they were made known."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlmodel import col, update

from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Tone
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.grants import access, queries, rules
from wijkbudget.vouchers.grants.events import GrantDecided, GrantMadeKnown
from wijkbudget.vouchers.grants.models import GrantDecision, GrantReceiver
from wijkbudget.vouchers.grants.rules import DecisionKind, Ground, Way
from wijkbudget.vouchers.grants.schemas import DecideGrant, GrantDecisionView, MakeKnown
from wijkbudget.vouchers.schemas import DecidedBy


def decide(work: Work, place: str, command: DecideGrant) -> UUID:
    """Write a decision about money with its letters, in the act of the verb that carries it out; return its id.

    Raises GroundMissing or HeardTooLate.
    """
    rules.article_of(command.kind, command.ground)
    assert command.heard_on or not rules.asks_hearing(command.kind, command.ground)
    if command.heard_on:
        rules.demand_heard_before(command.heard_on, work.today)
    row = GrantDecision(
        id=work.new_id(),
        place=place,
        about=command.about,
        title=command.title,
        voucher_id=command.voucher_id,
        decision_id=command.decision_id,
        kind=command.kind,
        ground=command.ground,
        is_unasked=command.is_unasked,
        body=command.by.body,
        basis=command.by.basis,
        power_article=command.by.article,
        motivation=command.motivation,
        heard_on=command.heard_on,
        heard_note=command.heard_note,
        amount_cents=command.amount_cents,
        owed_cents=command.owed_cents,
        decided_at=work.now,
        decided_by=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    people = sorted(set(command.receivers))
    work.session.add_all(GrantReceiver(grant_decision_id=row.id, person=person) for person in people)
    work.session.flush()
    _leave_letters(work, row, command.by, people)
    work.record(
        GrantDecided(
            place=place,
            subject=str(row.id),
            about=row.about,
            decision_kind=row.kind,
            ground=row.ground,
            body=row.body,
            basis=row.basis,
            amount_cents=row.amount_cents,
            owed_cents=row.owed_cents,
        )
    )
    return row.id


@verb(access.MAKE_KNOWN)
def make_known(work: Work, place: str, command: MakeKnown) -> list[GrantDecisionView]:
    """Say on which day decisions were sent or handed over; objections can be made from the day after.

    Raises GrantDecisionNotFound, KnownBefore or KnownTooEarly.
    """
    found = [queries.decision_row(work, place, id_) for id_ in dict.fromkeys(command.decisions)]
    for row in found:
        _make_known(work, row, command.known_on, command.way)
    return [queries.grant_decision(work, place, row.id) for row in found]


@verb(access.COLLECT)
def collect(work: Work, place: str, grant_decision_id: UUID) -> GrantDecisionView:
    """Take a decision on the page of one's own money: from today it is known.

    Raises GrantDecisionNotFound, NotYours or KnownBefore.
    """
    row = queries.decision_row(work, place, grant_decision_id)
    work.demand_own(queries.receivers_of(work, [row.id])[row.id])
    _make_known(work, row, work.today, Way.COLLECTED)
    return queries.grant_decision(work, place, row.id)


def _make_known(work: Work, row: GrantDecision, known_on: date, way: Way) -> None:
    """Say once when a decision was made known, in one step that the database decides."""
    rules.demand_unknown(row.known_on)
    rules.demand_known_day(known_on, day_of(row.decided_at), work.today)
    there = update(GrantDecision).where(col(GrantDecision.id) == row.id, col(GrantDecision.known_on).is_(None))
    if work.session.exec(there.values(known_on=known_on, known_way=way, known_by=work.actor.id)).rowcount != 1:
        rules.demand_unknown(known_on)
    work.session.refresh(row)
    work.record(GrantMadeKnown(place=row.place, subject=str(row.id), known_on=known_on.isoformat(), way=way))


def _leave_letters(work: Work, row: GrantDecision, by: DecidedBy, people: Iterable[str]) -> None:
    """Leave a file of letters for whoever a decision is for; who has no address here reads it on their page."""
    addresses = identity.addresses_of(work, list(people))
    if not addresses:
        return
    policy = neighbourhoods.policy(work, row.place).rules
    letter = {
        "id": str(row.id),
        "municipality": neighbourhoods.municipality(work).name,
        "neighbourhood": neighbourhoods.neighbourhood(work, row.place).name,
        "is_formal": policy.tone is Tone.U,
        "made_on": work.today.isoformat(),
        "kind": row.kind,
        "ground": row.ground,
        "title": row.title,
        "body": row.body,
        "basis": row.basis,
        "objection_to": rules.objection_to(by.body, by.basis),
        "power_article": row.power_article,
        "article": rules.article_of(
            DecisionKind(row.kind), Ground(row.ground) if row.ground else None, is_unasked=row.is_unasked
        ),
        "motivation": row.motivation,
        "heard_on": row.heard_on.isoformat() if row.heard_on else None,
        "amount_cents": row.amount_cents,
        "owed_cents": row.owed_cents,
        "addressed": [list(address.lines) for address in addresses.values()],
    }
    work.errand(rules.ERRAND, letter)
