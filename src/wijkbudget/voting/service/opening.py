# SPDX-License-Identifier: EUPL-1.2
"""Opens a round: freezes everything by hash and sends the voting codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import insert

from wijkbudget.identity import queries as identity
from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import class_size_min
from wijkbudget.neighbourhoods.schemas import PolicyView
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.reciprocity.rules import merge_classes
from wijkbudget.reciprocity.schemas import VoicesView
from wijkbudget.trail.work import Draft, Outdated, Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.events import RoundOpened
from wijkbudget.voting.letters.rules import Addressed
from wijkbudget.voting.letters.service import Mailing, draft_mailing, leave
from wijkbudget.voting.models import Frozen, RegisterRow, Round
from wijkbudget.voting.phases import (
    FrozenClass,
    FrozenLimit,
    FrozenOption,
    FrozenRound,
    NobodyToVote,
    NothingToChoose,
    Phase,
    demand_fixing_day,
    demand_markable,
    follow,
    frozen_text,
)
from wijkbudget.voting.queries.rounds import code_hash, limits_of, options_of, row_of
from wijkbudget.voting.schemas import LimitView, OptionView, RoundView
from wijkbudget.voting.sealed import named, per_class, sha256_of
from wijkbudget.voting.service.moving import move
from wijkbudget.voting.service.preparing import demand_countable, demand_countable_size
from wijkbudget.voting.tallies.sizes import OPTIONS_MIN


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What an opening writes; worked out while others act, because there is a code and a letter for each voter."""

    frozen: FrozenRound
    document: str
    voters: Mapping[str, int]
    """How many there are in each voice class."""
    register: list[dict[str, Any]]
    letters: Mailing


def draft_opening(draft: Draft, place: str, round_id: UUID) -> Opening:
    """Return all that an opening writes.

    Raises RoundNotFound, WrongState, TooEarly, NothingToChoose, TooLargeToCount or NobodyToVote.

    Choice: who can vote, and with which voice, is what one look at the house shows, a moment before the round opens.
    """
    row = row_of(draft, place, round_id)
    follow(Phase(row.phase), Phase.OPEN)
    demand_fixing_day(row.reference_on, row.closes_on, draft.today)
    options = options_of(draft, place, round_id)
    if len(options) < OPTIONS_MIN:
        raise NothingToChoose(_("There must be at least two plans to choose from."))
    demand_countable_size(draft, row, options)
    policy = neighbourhoods.policy(draft, place, row.opens_on)
    voters = [
        each.person_id for each in identity.residents(draft, place, row.reference_on, policy.rules.voting.voter_age_min)
    ]
    if not voters:
        raise NobodyToVote(_("Nobody can vote in this round: there are no residents of this age."))
    earned = reciprocity.voices(draft, place, voters, row.reference_on, policy.rules.reciprocity)
    frozen, voices = _freeze(draft, row, options, policy, earned)
    demand_markable(frozen)
    register, letters = _issue(draft, row, voices)
    return Opening(
        frozen=frozen,
        document=frozen_text(frozen),
        voters=named(per_class(voices.values())),
        register=register,
        letters=letters,
    )


@verb(access.MOVE, prepare=draft_opening)
def open_(work: Work, place: str, round_id: UUID) -> RoundView:
    """Freeze a round, issue a code to everybody who can vote, and open it.

    Raises what `draft_opening` does, or Outdated if plans or policy changed meanwhile.
    """
    open_as(work, place, round_id, work.prepared(draft_opening))
    return queries.round_(work, place, round_id)


def open_as(work: Work, place: str, round_id: UUID, opening: Opening) -> None:
    """Write an opening. Raises RoundNotFound, WrongState, TooEarly or Outdated, with nothing written."""
    row = row_of(work, place, round_id)
    then = follow(Phase(row.phase), Phase.OPEN)
    demand_fixing_day(row.reference_on, row.closes_on, work.today)
    options, policy = options_of(work, place, round_id), neighbourhoods.policy(work, place, row.opens_on)
    now = _frozen_options(options), _frozen_limits(limits_of(work, place, round_id)), policy.hash
    if now != (opening.frozen.options, opening.frozen.limits, opening.frozen.policy):
        raise Outdated
    frozen_hash = sha256_of(opening.document)
    move(work, row, then, frozen_hash=frozen_hash)
    connection = work.session.connection()
    connection.execute(insert(Frozen).values(round_id=round_id, place=place, document=opening.document))
    connection.execute(insert(RegisterRow), opening.register)
    leave(work, opening.letters)
    work.record(
        RoundOpened(
            place=place,
            subject=str(round_id),
            frozen_hash=frozen_hash,
            voters=dict(opening.voters),
            voice_rule=opening.frozen.voice_rule,
            voice_parameters=opening.frozen.voice_parameters,
        )
    )


def _freeze(
    draft: Draft, row: Round, options: list[OptionView], policy: PolicyView, earned: VoicesView
) -> tuple[FrozenRound, dict[str, int]]:
    """Return everything that is fixed from now on, and the voice of each voter in it."""
    voting = policy.rules.voting
    least = max(
        voting.voters_per_class_min, class_size_min(voting.ballots_per_class_min, voting.expected_turnout_percent)
    )
    merged = merge_classes(per_class(earned.weights.values()), least)
    voices = {person: merged.mapping[voice] for person, voice in earned.weights.items()}
    roll = canonical(sorted([person, voice] for person, voice in voices.items())).decode()
    frozen = FrozenRound(
        id=str(row.id),
        place=row.place,
        year=row.year,
        title=row.title,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        reference_on=row.reference_on,
        budget_cents=row.budget_cents,
        article=voting.article,
        policy=policy.hash,
        ballot=voting.ballot,
        ballot_parameters=dict(voting.ballot_parameters),
        tally=voting.tally,
        tally_parameters=dict(demand_countable(voting, row.budget_cents)),
        decides=voting.decides,
        voter_age_min=voting.voter_age_min,
        voters_per_class_min=least,
        ballots_per_class_min=voting.ballots_per_class_min,
        objection_days=voting.objection_days,
        voice_rule=earned.rule,
        voice_parameters=dict(earned.parameters),
        options=_frozen_options(options),
        limits=_frozen_limits(limits_of(draft, row.place, row.id)),
        classes=[
            FrozenClass(voice_hundredths=voice, voters=size) for voice, size in per_class(voices.values()).items()
        ],
        merged=list(merged.steps),
        with_paper=row.with_paper,
        hand_in_at=row.hand_in_at or "",
        hand_in_until=row.hand_in_until,
        roll=draft.keys.keyed_hash("voting roll", str(row.id), roll),
        lots_from=row.lots_from or "",
        receipt_key=draft.keys.public_key(),
    )
    return frozen, voices


def _frozen_options(options: list[OptionView]) -> list[FrozenOption]:
    return [FrozenOption(key=each.key, title=each.title, cost_cents=each.cost_cents) for each in options]


def _frozen_limits(limits: list[LimitView]) -> list[FrozenLimit]:
    return [
        FrozenLimit(name=each.name, ids=each.keys, wins_max=each.wins_max, spent_cents_max=each.spent_cents_max)
        for each in limits
    ]


def _issue(draft: Draft, row: Round, voices: Mapping[str, int]) -> tuple[list[dict[str, Any]], Mailing]:
    """Return the rows of the register, and letters for the voters who have an address here."""
    addresses = identity.addresses_of(draft, list(voices))
    register, letters = [], []
    for person, voice in voices.items():
        code = new_code(draft.random(CODE_RANDOM_BYTES))
        register.append(
            {
                "code_hash": code_hash(draft, code),
                "round_id": row.id,
                "place": row.place,
                "person": person,
                "voice_hundredths": voice,
            }
        )
        # Who moved away since the reference date, or whose address is secret, gets another code at the desk.
        if to := addresses.get(person):
            letters.append(
                Addressed(
                    name=to.name,
                    postcode=to.postcode,
                    house_number=to.house_number,
                    addition=to.addition,
                    code=code,
                    voice_hundredths=voice,
                )
            )
    # In the order of the keys, so that neighbours in the register are no neighbours in the street.
    register.sort(key=lambda each: str(each["code_hash"]))
    return register, draft_mailing(draft, row, letters)
