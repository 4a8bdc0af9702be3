# SPDX-License-Identifier: EUPL-1.2
"""Reads the letters about a bid; each is written from what was kept of its move, so it stays as it was."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import rows
from wijkbudget.challenges.assessment import queries as assessment
from wijkbudget.challenges.clocks import queries as clocks
from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.letters import access, rules
from wijkbudget.challenges.letters.rules import About, Letter, LetterNotFound, Outcome
from wijkbudget.challenges.letters.schemas import AddressedLetterView, LetterLine, LetterView
from wijkbudget.challenges.models import Challenge, ChallengeMove, MissingPart
from wijkbudget.challenges.queries import municipal_task
from wijkbudget.challenges.rules.bids import Part
from wijkbudget.challenges.rules.clock import decision_term, read_clock
from wijkbudget.challenges.rules.letters import TELLS
from wijkbudget.challenges.rules.states import Move
from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.READ)
def letters(look: Look, place: str, challenge_id: UUID) -> list[LetterLine]:
    """Return the letters about a bid, the newest first. Raises ChallengeNotFound or NotYours."""
    row = rows.challenge_row(look, place, challenge_id)
    look.demand_own(rows.group_of(look, row))
    about = _about(look, row)
    return [
        LetterLine(
            number=move.number,
            move=Move(move.move),
            made_on=day_of(move.moved_at),
            subject=_letter(look, row, move, about).subject,
        )
        for move in reversed(_told(look, row))
    ]


@question(access.READ)
def letter(look: Look, place: str, challenge_id: UUID, number: int) -> LetterView:
    """Return the letter about one move of a bid. Raises ChallengeNotFound, NotYours or LetterNotFound."""
    row = rows.challenge_row(look, place, challenge_id)
    look.demand_own(rows.group_of(look, row))
    return _view(look, row, number)


@question(access.SEND)
def addressed_letter(look: Look, place: str, challenge_id: UUID, number: int) -> AddressedLetterView:
    """Return a letter with the addresses of the group that are known here. Raises ChallengeNotFound or LetterNotFound.

    Source: Awb art. 3:41 lid 1. Choice: each of the group gets it; who has no address here reads it on the page.
    """
    row = rows.challenge_row(look, place, challenge_id)
    addresses = identity.addresses_of(look, sorted(rows.group_of(look, row)))
    view = _view(look, row, number)
    return AddressedLetterView(
        **{name: getattr(view, name) for name in LetterView.model_fields},
        addressed=[list(address.lines) for address in addresses.values()],
    )


def _told(look: Look, row: Challenge) -> Sequence[ChallengeMove]:
    """Return the moves of a bid that the group is told by letter, the first one first."""
    return [move for move in rows.moves_of(look, row) if move.move in TELLS]


def _view(look: Look, row: Challenge, number: int) -> LetterView:
    move = next((move for move in _told(look, row) if move.number == number), None)
    if move is None:
        raise LetterNotFound(_("There is no such letter about this bid."))
    about = _about(look, row)
    written = _letter(look, row, move, about)
    return LetterView(
        number=number,
        move=Move(move.move),
        made_on=day_of(move.moved_at),
        title=row.title,
        municipality=about.municipality,
        neighbourhood=neighbourhoods.neighbourhood(look, row.place).name,
        subject=written.subject,
        greeting=rules.GREETING,
        parts=list(written.parts),
        signed=written.signed,
        articles=written.articles,
    )


def _about(look: Look, row: Challenge) -> About:
    assert row.received_on is not None, "nobody writes about a bid that was never sent in"
    task = municipal_task(look, row.place, row.municipal_task_id)
    return About(
        title=row.title,
        task_title=task.title,
        municipality=neighbourhoods.municipality(look).name,
        body=task.decider,
        received_on=row.received_on,
    )


def _letter(look: Look, row: Challenge, move: ChallengeMove, about: About) -> Letter:
    """Return what the letter about a move says."""
    match move.move:
        case Move.SUBMIT:
            policy = neighbourhoods.policy(look, row.place, about.received_on).rules.challenges
            first = read_clock(about.received_on, decision_term(policy), (), None, about.received_on)
            return rules.receipt(about, first.decide_on)
        case Move.ASK_TO_COMPLETE:
            request = rows.completion_of(look, row)
            assert request is not None, "what is missing was asked for by this move"
            asked = set(look.session.exec(select(MissingPart.part).where(col(MissingPart.challenge_id) == row.id)))
            return rules.incomplete(about, [part for part in Part if part in asked], move.reason, request.last_on)
        case Move.ADJOURN:
            later = clocks.timing_of(look, row).adjournment
            assert later is not None, "the new day was named by this move"
            return rules.adjourned(about, move.reason, later.decide_on)
        case Move.INTEND_REFUSAL:
            meant = assessment.intention(look, row.id, move.number)
            assert meant is not None, "the group was told by this move"
            return rules.intended_refusal(
                about, [each.ground for each in meant.grounds], meant.motivation, meant.answer_until
            )
    decided = decisions.decision_at(look, row.place, row.id, move.number)
    outcome = Outcome(
        move=decided.move,
        character=decided.legal_character,
        is_revised=decided.is_revised,
        part=decided.part,
        granted_cents=decided.granted_cents,
        grounds=[each.ground for each in decided.grounds],
        motivation=decided.motivation,
        power_article=decided.power_article,
        article=decided.article,
    )
    return rules.decision(about, outcome)
