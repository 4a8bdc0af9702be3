# SPDX-License-Identifier: EUPL-1.2
"""Writes an agreement, offers it, lets both sides sign it, and commits its money with the last signature."""

from uuid import UUID

from sqlmodel import col, delete, select

from wijkbudget.challenges.agreements import access, queries, rules
from wijkbudget.challenges.agreements.events import (
    AgreementEnteredInto,
    AgreementOffered,
    AgreementSigned,
    AgreementWritten,
)
from wijkbudget.challenges.agreements.models import AgreementPage, AgreementSignature, AgreementText
from wijkbudget.challenges.agreements.rules import AgreementChapter, Party
from wijkbudget.challenges.agreements.schemas import (
    AgreedTerms,
    AgreementView,
    SignAgreement,
    WriteConditions,
    WriteMoney,
    WriteParties,
    WriteResults,
    WriteTerm,
)
from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.moving import bid_for, move_on
from wijkbudget.challenges.queries import challenge, municipal_task
from wijkbudget.challenges.rows import group_of
from wijkbudget.challenges.rules.group import demand_arranged
from wijkbudget.challenges.rules.states import Move
from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.fields import Command
from wijkbudget.kit.period import days_after
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import NotEnough, Reservation
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import demand_pot
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.rules import PlanKind
from wijkbudget.vouchers.schemas import DecidedBy, IssueVoucher, VoucherInstalmentDraft

SALT_BYTES = 16


@verb(access.WRITE)
def write_parties(work: Work, place: str, challenge_id: UUID, command: WriteParties) -> AgreementView:
    """Save who agrees with whom about what. Raises ChallengeNotFound, OwnBid, NotYourCase or WrongState."""
    row = bid_for(work, place, challenge_id, Move.DRAFT)
    return _write(work, row, AgreementChapter.PARTIES, command)


@verb(access.WRITE)
def write_results(work: Work, place: str, challenge_id: UUID, command: WriteResults) -> AgreementView:
    """Save what the group brings about. Raises ChallengeNotFound, OwnBid, NotYourCase or WrongState."""
    row = bid_for(work, place, challenge_id, Move.DRAFT)
    return _write(work, row, AgreementChapter.RESULTS, command)


@verb(access.WRITE)
def write_money(work: Work, place: str, challenge_id: UUID, command: WriteMoney) -> AgreementView:
    """Save how much money there is, and when.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState or NoSuchPot.
    """
    row = bid_for(work, place, challenge_id, Move.DRAFT)
    demand_pot(neighbourhoods.policy(work, place).rules, command.theme)
    return _write(work, row, AgreementChapter.MONEY, command)


@verb(access.WRITE)
def write_term(work: Work, place: str, challenge_id: UUID, command: WriteTerm) -> AgreementView:
    """Save how long it lasts, and when both sides report and look back.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, NotArranged, DaysWrong or TermTooLong.
    """
    row = bid_for(work, place, challenge_id, Move.DRAFT)
    policy = demand_arranged(neighbourhoods.policy(work, place).rules.challenges)
    term = command.starts_on, command.ends_on
    rules.demand_term(*term, policy)
    rules.demand_within("trial_until", [command.trial_until], *term)
    rules.demand_within("report_on", command.report_on, *term)
    rules.demand_within("review_on", command.review_on, *term)
    return _write(work, row, AgreementChapter.TERM, command)


@verb(access.WRITE)
def write_conditions(work: Work, place: str, challenge_id: UUID, command: WriteConditions) -> AgreementView:
    """Save how good and safe it is, and how it changes and ends.

    Raises ChallengeNotFound, OwnBid, NotYourCase or WrongState.
    """
    row = bid_for(work, place, challenge_id, Move.DRAFT)
    return _write(work, row, AgreementChapter.CONDITIONS, command)


@verb(access.WRITE)
def offer_agreement(work: Work, place: str, challenge_id: UUID) -> AgreementView:
    """Offer what was written to be signed; what was signed of an earlier text counts no more.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, AgreementIncomplete, NoMoneyForUse, DaysWrong,
    TermTooLong, NoSuchPot or MoreThanAwarded.
    """
    row = bid_for(work, place, challenge_id, Move.DRAFT)
    written, gaps = queries.draft(work, row, challenge(work, place, challenge_id))
    rules.demand_complete(gaps)
    terms = AgreedTerms.model_validate(written.model_dump())
    _demand_offerable(work, row, terms)
    before = queries.latest(work, row.id)
    number, salt = before.number + 1 if before else 1, work.random(SALT_BYTES).hex()
    says = terms.model_dump(mode="json", by_alias=False)
    text = AgreementText(
        challenge_id=row.id,
        number=number,
        place=place,
        says=canonical(says).decode(),
        salt=salt,
        text_hash=queries.text_hash(row.id, number, says, salt),
        offered_at=work.now,
    )
    work.session.add(text)
    move_on(work, row, Move.DRAFT)
    work.record(
        AgreementOffered(
            place=place,
            subject=str(row.id),
            number=number,
            text_hash=text.text_hash,
            budget_cents=terms.budget_cents,
        )
    )
    return queries.agreement(work, place, challenge_id)


@verb(access.SIGN)
def sign_agreement(work: Work, place: str, challenge_id: UUID, command: SignAgreement) -> AgreementView:
    """Sign the text that was offered, for the group.

    Choice: one of the group signs for all: they chose each other when they joined.

    Raises ChallengeNotFound, NotYours, WrongState, OtherText, NotRead or SignedBefore.
    """
    row = bid_for(work, place, challenge_id, Move.SIGN)
    text = _read_text(work, row, command)
    rules.demand_unsigned([Party(each.party) for each in queries.signatures(work, text)])
    _sign(work, text, Party.GROUP)
    move_on(work, row, Move.SIGN)
    facts = {"place": place, "subject": str(row.id), "text_hash": text.text_hash}
    work.record(AgreementSigned(**facts, number=text.number, person=work.actor.id))
    return queries.agreement(work, place, challenge_id)


@verb(access.ENTER_INTO, once=True)
def enter_into(work: Work, place: str, challenge_id: UUID, command: SignAgreement) -> AgreementView:
    """Sign for the municipality what the group signed, and commit the money in the same act.

    Source: Awb art. 4:29 and 4:36. Choice: all the money of the agreement is committed at once, from the pot of the
    year in which it is signed, so that nothing is promised that is not there.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, WrongState, OtherText, NotRead, GroupSignsFirst, DaysWrong,
    NoSuchPot or NotEnough.
    """
    row = bid_for(work, place, challenge_id, Move.ENTER_INTO)
    text = _read_text(work, row, command)
    rules.demand_signed([Party(each.party) for each in queries.signatures(work, text)])
    terms = queries.read(text)
    rules.demand_to_come(terms.ends_on, work.today)
    _sign(work, text, Party.MUNICIPALITY)
    voucher_id = _commit(work, row, terms) if terms.committed_cents else None
    move_on(work, row, Move.ENTER_INTO)
    work.errand(rules.ERRAND, {"place": place, "challenge_id": str(row.id)})
    work.record(
        AgreementEnteredInto(
            place=place,
            subject=str(row.id),
            number=text.number,
            text_hash=text.text_hash,
            committed_cents=terms.committed_cents,
            voucher_id=str(voucher_id) if voucher_id else None,
        )
    )
    return queries.agreement(work, place, challenge_id)


def _write(work: Work, row: Challenge, chapter: AgreementChapter, command: Command) -> AgreementView:
    """Save a page, in place of what it said before."""
    of_it = col(AgreementPage.challenge_id) == row.id, col(AgreementPage.chapter) == chapter
    work.session.exec(delete(AgreementPage).where(*of_it))
    says = canonical(command.model_dump(mode="json", by_alias=False)).decode()
    work.session.add(AgreementPage(challenge_id=row.id, chapter=chapter, place=row.place, says=says))
    work.session.flush()
    work.record(AgreementWritten(place=row.place, subject=str(row.id), chapter=chapter))
    return queries.agreement(work, row.place, row.id)


def _demand_offerable(work: Work, row: Challenge, terms: AgreedTerms) -> None:
    """Do nothing if what was written fits together, and with the decision. Raises what `offer_agreement` does."""
    policy = neighbourhoods.policy(work, row.place).rules
    rules.demand_term(terms.starts_on, terms.ends_on, demand_arranged(policy.challenges))
    rules.demand_to_come(terms.ends_on, work.today)
    due = [part.due_on for part in terms.instalments if part.due_on > terms.ends_on]
    rules.demand_within("instalments", due, terms.starts_on, terms.ends_on)
    rules.demand_money(terms.form, terms.budget_cents)
    demand_pot(policy, terms.theme)
    decided = decisions.latest(work, row.id)
    if decided:
        rules.demand_awarded(terms.budget_cents, decided.granted_cents, terms.starts_on, terms.ends_on)


def _read_text(work: Work, row: Challenge, command: SignAgreement) -> AgreementText:
    """Return the text that somebody signs. Raises OtherText or NotRead."""
    text = queries.latest(work, row.id)
    assert text, "a text was offered, or the bid would not be in this state"
    rules.demand_signable(command.text_hash, text.text_hash, has_read=command.has_read)
    return text


def _sign(work: Work, text: AgreementText, party: Party) -> None:
    """Write down that whoever acts signs a text for one side."""
    work.session.add(
        AgreementSignature(
            challenge_id=text.challenge_id,
            number=text.number,
            party=party,
            place=text.place,
            person=work.actor.id,
            signed_at=work.now,
        )
    )
    work.session.flush()


def _commit(work: Work, row: Challenge, terms: AgreedTerms) -> UUID:
    """Set the money of an agreement apart, and give it to the group as a voucher; return its id. Raises NotEnough."""
    policy = neighbourhoods.policy(work, row.place).rules
    demand_pot(policy, terms.theme)
    year, theme = work.today.year, terms.theme
    reservation = Reservation(
        reference=rules.RESERVE.reference_of(row.id),
        source=chart.pot(row.place, year, theme),
        held=chart.reserved(row.place, year, theme),
        amount=terms.committed_cents,
    )
    try:
        ledger.reserve(work, row.place, reservation)
    except NotEnough:
        sentence = _("The pot of %(year)s does not hold enough for this agreement.", year=year)
        raise NotEnough(sentence) from None
    article = demand_arranged(policy.challenges).article
    decider = municipal_task(work, row.place, row.municipal_task_id).decider
    voucher = IssueVoucher(
        year=year,
        theme=theme,
        reservation=reservation.reference,
        plan_kind=PlanKind.CHALLENGE,
        about=str(row.id),
        title=row.title,
        holders=sorted(group_of(work, row)),
        organisation_id=row.organisation_id,
        decided=DecidedBy(body=rules.pays(decider), basis=None, article=article),
        motivation=_why(work, row, terms),
        value_cents=terms.committed_cents,
        valid_until=days_after(terms.ends_on, 1 + policy.vouchers.account_within_days),
        instalments=[
            VoucherInstalmentDraft(what=part.what, amount_cents=part.amount_cents, due_on=part.due_on)
            for part in terms.instalments
        ],
    )
    return vouchers.issue(work, row.place, voucher).id


def _why(work: Work, row: Challenge, terms: AgreedTerms) -> str:
    """Return why the group may take the task over, as the last decision about it says, or else what it agreed to do."""
    decided = decisions.latest(work, row.id)
    of_it = col(ChallengeMove.challenge_id) == row.id, col(ChallengeMove.number) == (decided.number if decided else 0)
    return work.session.exec(select(ChallengeMove.reason).where(*of_it)).first() or terms.task
