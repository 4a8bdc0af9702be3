# SPDX-License-Identifier: EUPL-1.2
"""Reads agreements: what is being written, what was offered and signed, and what of the money came."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import rows
from wijkbudget.challenges.agreements import access, rules
from wijkbudget.challenges.agreements.models import AgreementPage, AgreementSignature, AgreementText
from wijkbudget.challenges.agreements.rules import AgreementNotFound, Clause, Party
from wijkbudget.challenges.agreements.schemas import (
    AgreedTerms,
    AgreementTerms,
    AgreementTextView,
    AgreementView,
    SignatureView,
)
from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.queries import challenge
from wijkbudget.challenges.rules.group import demand_arranged
from wijkbudget.challenges.rules.states import AWARDS, Move, State
from wijkbudget.challenges.schemas import ChallengeView
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Role
from wijkbudget.kit.canonical import digest
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of, months_after
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import queries as vouchers


@question(access.READ)
def agreement(look: Look, place: str, challenge_id: UUID) -> AgreementView:
    """Return the agreement on a bid; before both sides signed it is there for them and the auditor only.

    Raises ChallengeNotFound or AgreementNotFound.
    """
    row, bid = rows.challenge_row(look, place, challenge_id), challenge(look, place, challenge_id)
    text, state = latest(look, row.id), State(row.state)
    signed = signatures(look, text) if text else []
    holds = len(signed) == len(Party)
    is_side = bid.is_mine or not access.SEES_DRAFTS.isdisjoint(look.roles)
    if not holds and not (is_side and (text or state in AWARDS)):
        raise AgreementNotFound(_("There is no agreement on this bid, or it is not signed yet."))
    writes = state in AWARDS
    written, gaps = draft(look, row, bid) if writes else (None, [])
    voucher = vouchers.of_initiative(look, place, str(row.id))
    policy = neighbourhoods.policy(look, place).rules
    parties = [Party(signature.party) for signature in signed]
    return AgreementView(
        challenge_id=row.id,
        title=row.title,
        state=state,
        draft=written,
        missing=gaps,
        next_chapter=rules.chapter_of(gaps[0] if gaps else Clause.FORM),
        text=_text_view(look, text, signed) if text else None,
        is_changed=written is not None and text is not None and written != AgreementTerms(**_said(text)),
        holds=holds,
        voucher_id=voucher.id if voucher else None,
        instalments=voucher.instalments if voucher else [],
        themes=list(policy.pots.themes) if policy.pots else [],
        months_max=policy.challenges.agreement_months_max if policy.challenges else 0,
        may_write=Move.DRAFT in bid.may,
        may_offer=Move.DRAFT in bid.may and not gaps,
        may_sign=Move.SIGN in bid.may and Party.GROUP not in parties,
        may_enter_into=Move.ENTER_INTO in bid.may and Party.GROUP in parties,
    )


@question(access.READ)
def agreement_part(look: Look, place: str, challenge_id: UUID) -> AgreementView | None:
    """Return the agreement on a bid, or None if there is none that whoever asks may read. Raises ChallengeNotFound."""
    try:
        return agreement(look, place, challenge_id)
    except AgreementNotFound:
        return None


def terms(look: Look, row: Challenge) -> AgreedTerms:
    """Return what the agreement on a bid says; there is one."""
    text = latest(look, row.id)
    assert text, "an agreement was offered before it was signed"
    return read(text)


def read(text: AgreementText) -> AgreedTerms:
    """Return what a text says."""
    return AgreedTerms(**_said(text))


def latest(look: Look, challenge_id: UUID) -> AgreementText | None:
    """Return the text that was offered last, or None before there was one."""
    of_it = select(AgreementText).where(col(AgreementText.challenge_id) == challenge_id)
    return look.session.exec(of_it.order_by(col(AgreementText.number).desc())).first()


def signatures(look: Look, text: AgreementText) -> Sequence[AgreementSignature]:
    """Return who signed a text, the group first."""
    of_it = col(AgreementSignature.challenge_id) == text.challenge_id, col(AgreementSignature.number) == text.number
    return look.session.exec(select(AgreementSignature).where(*of_it).order_by(col(AgreementSignature.party))).all()


def draft(look: Look, row: Challenge, bid: ChallengeView) -> tuple[AgreementTerms, list[Clause]]:
    """Return what an agreement says now and what it does not say yet; a page nobody saved begins as the bid says it."""
    pages = look.session.exec(select(AgreementPage).where(col(AgreementPage.challenge_id) == row.id)).all()
    said = _as_the_bid_says(look, row, bid) | {
        key: value for page in pages for key, value in json.loads(page.says).items()
    }
    written = AgreementTerms(**said)
    says = {clause: getattr(written, clause) for clause in Clause}
    policy = demand_arranged(neighbourhoods.policy(look, row.place).rules.challenges)
    return written, rules.missing(says, policy, written.form, written.registration_number)


def text_hash(challenge_id: UUID, number: int, says: Mapping[str, Any], salt: str) -> str:
    """Return the hash that signatures under a text rest on."""
    return digest({"challenge_id": str(challenge_id), "number": number, "says": dict(says), "salt": salt})


def _as_the_bid_says(look: Look, row: Challenge, bid: ChallengeView) -> dict[str, Any]:
    """Return what can be taken over from a bid and the decision about it."""
    said, decided = bid.bid, decisions.latest(look, row.id)
    last = _last_day(said.starts_on, said.duration_months)
    days = rules.look_back_days(said.starts_on, last) if said.starts_on and last else []
    return {
        "municipality": neighbourhoods.municipality(look).name,
        "group_name": bid.organisation or row.title,
        "legal_form": said.legal_form,
        "registration_number": said.registration_number,
        "task": "\n".join(part for part in (bid.task.title, decided.part if decided else "", said.what) if part),
        "results": [{"what": each.what, "indicator": each.what, "target": each.target} for each in said.indicators],
        "starts_on": said.starts_on,
        "ends_on": last,
        "review_on": days,
        "quality": said.quality,
        "safety": said.safety,
    }


def _last_day(starts_on: date | None, months: int | None) -> date | None:
    """Return the last day of so many months from a day."""
    if starts_on is None or months is None:
        return None
    return date.fromordinal(months_after(starts_on, months).toordinal() - 1)


def _said(text: AgreementText) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(text.says)
    return said


def _text_view(look: Look, text: AgreementText, signed: Sequence[AgreementSignature]) -> AgreementTextView:
    """Return a text with who signed it; a guest sees no names."""
    names = identity.names(look, {signature.person for signature in signed})
    sees_names = bool(look.actor.roles_in(text.place) - {Role.GUEST})
    said = read(text)
    return AgreementTextView(
        number=text.number,
        terms=said,
        budget_cents=said.budget_cents,
        committed_cents=said.committed_cents,
        text_hash=text.text_hash,
        offered_on=day_of(text.offered_at),
        signatures=[
            SignatureView(
                party=Party(signature.party),
                name=names.get(signature.person) if sees_names else None,
                signed_on=day_of(signature.signed_at),
            )
            for signature in signed
        ],
    )


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every agreement whose texts, signatures or money are not what its moves say."""
    moves = select(ChallengeMove).where(col(ChallengeMove.move).in_((Move.DRAFT, Move.SIGN, Move.ENTER_INTO)))
    made: dict[UUID, list[ChallengeMove]] = {}
    for move in look.session.exec(moves.order_by(col(ChallengeMove.number))):
        made.setdefault(move.challenge_id, []).append(move)
    texts: dict[UUID, list[AgreementText]] = {}
    for text in look.session.exec(select(AgreementText).order_by(col(AgreementText.number))):
        texts.setdefault(text.challenge_id, []).append(text)
    for challenge_id in sorted(made.keys() | texts.keys()):
        for shows in _wrong(look, made.get(challenge_id, []), texts.get(challenge_id, [])):
            yield Fault("an agreement is what was signed", f"bid {challenge_id}", shows)


def _wrong(look: Look, made: Sequence[ChallengeMove], texts: Sequence[AgreementText]) -> Iterator[str]:
    """Yield what is not as it must be about one agreement."""
    drafted, signed = (
        [move for move in made if move.move == Move.DRAFT],
        [move for move in made if move.move != Move.DRAFT],
    )
    if [text.number for text in texts] != list(range(1, len(drafted) + 1)):
        yield f"was offered {len(drafted)} times, and has {len(texts)} texts"
        return
    for text in texts:
        if text.text_hash != text_hash(text.challenge_id, text.number, _said(text), text.salt):
            yield f"its text {text.number} is not the one that was offered"
    party = {Move.SIGN: Party.GROUP, Move.ENTER_INTO: Party.MUNICIPALITY}
    told = {(text.number, each.party, each.person) for text in texts for each in signatures(look, text)}
    meant = {
        (sum(each.number < move.number for each in drafted), party[Move(move.move)], move.actor) for move in signed
    }
    if told != meant:
        yield "was signed otherwise than its moves say"
    held = next((move for move in made if move.move == Move.ENTER_INTO), None)
    yield from _wrong_money(look, texts[-1], holds=held is not None)


def _wrong_money(look: Look, text: AgreementText, *, holds: bool) -> Iterator[str]:
    """Yield how the money of an agreement is not what it says."""
    voucher = vouchers.of_initiative(look, text.place, str(text.challenge_id))
    granted_cents = voucher.value_cents - voucher.topped_up_cents if voucher else 0
    agreed_cents = read(text).committed_cents if holds else 0
    if granted_cents != agreed_cents:
        yield f"gives {agreed_cents} cents, and {granted_cents} were committed"
    parts = [(part.amount_cents, part.due_on) for part in voucher.instalments] if voucher else []
    agreed = sorted(((part.amount_cents, part.due_on) for part in read(text).instalments), key=lambda part: part[1])
    if voucher and parts != agreed:
        yield "its money can be asked on other days than it says"
