"""Opens a round: freezes everything by hash and sends the voting codes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col, insert, update

from wijkbudget.identity import queries as identity
from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code, read_code
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import class_size_min
from wijkbudget.neighbourhoods.schemas import PolicyView
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.reciprocity.rules import merge_classes
from wijkbudget.reciprocity.schemas import VoicesView
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.events import CodeReplaced, RoundOpened
from wijkbudget.voting.models import Frozen, RegisterRow, Round
from wijkbudget.voting.phases import (
    AlreadyVoted,
    FrozenClass,
    FrozenOption,
    FrozenRound,
    NobodyToVote,
    NothingToChoose,
    Phase,
    demand_opening_day,
    demand_phase,
    follow,
    frozen_text,
)
from wijkbudget.voting.queries.rounds import REGISTER, options_of, register_row, row_of
from wijkbudget.voting.schemas import OptionView, ReplaceCode, RoundView
from wijkbudget.voting.sealed import named, per_class, sha256_of
from wijkbudget.voting.service.moving import move
from wijkbudget.voting.service.preparing import demand_countable

OPTIONS_MIN = 2


@verb(access.MOVE)
def open_(work: Work, place: str, round_id: UUID) -> RoundView:
    """Freeze a round, issue a code to everybody who can vote, and open it.

    Raises RoundNotFound, WrongState, TooEarly, NothingToChoose or NobodyToVote.
    """
    row = row_of(work, place, round_id)
    then = follow(Phase(row.phase), Phase.OPEN)
    demand_opening_day(row.opens_on, row.closes_on, work.today)
    options = options_of(work, place, round_id)
    if len(options) < OPTIONS_MIN:
        raise NothingToChoose(_("There must be at least two plans to choose from."))
    policy = neighbourhoods.policy(work, place, row.opens_on)
    voters = [
        each.person_id for each in identity.residents(work, place, row.reference_on, policy.rules.voting.voter_age_min)
    ]
    if not voters:
        raise NobodyToVote(_("Nobody can vote in this round: there are no residents of this age."))
    earned = reciprocity.voices(work, place, voters, row.reference_on)
    frozen, voices = _freeze(work, row, options, policy, earned)
    document = frozen_text(frozen)
    frozen_hash = sha256_of(document)
    move(work, row, then, frozen_hash=frozen_hash)
    work.session.add(Frozen(round_id=round_id, place=place, document=document))
    work.session.flush()
    _issue(work, row, voices)
    work.record(
        RoundOpened(
            place=place,
            subject=str(round_id),
            frozen_hash=frozen_hash,
            voters=named(per_class(voices.values())),
        )
    )
    return queries.round_(work, place, round_id)


@verb(access.REPLACE)
def replace_code(work: Work, place: str, round_id: UUID, command: ReplaceCode) -> None:
    """Make somebody's code void and send a new one to the registered address.

    Raises NotYours, RoundNotFound, WrongState, NotOnRegister, or AlreadyVoted if the old code has voted.
    """
    work.demand_own({str(command.person_id)})
    row = row_of(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.OPEN)
    old = register_row(work, place, round_id, str(command.person_id))
    code = new_code(work.random(CODE_RANDOM_BYTES))
    replaced = work.session.connection().execute(
        update(RegisterRow)
        .where(col(RegisterRow.code_hash) == old.code_hash, col(RegisterRow.voted_on).is_(None))
        .values(code_hash=_code_hash(work, code))
    )
    if replaced.rowcount != 1:
        raise AlreadyVoted(_("A vote was cast with this code, so it cannot be replaced."))
    to = identity.address_of(work, old.person).lines
    work.errand("letter", {**_letter(row), "to": to, "code": code, "voice_hundredths": old.voice_hundredths})
    work.record(CodeReplaced(place=place, subject=str(round_id), person=old.person))


def _freeze(
    work: Work, row: Round, options: list[OptionView], policy: PolicyView, earned: VoicesView
) -> tuple[FrozenRound, dict[str, int]]:
    """Return everything that is fixed from now on, and the voice of each voter in it."""
    voting = policy.rules.voting
    least = max(
        voting.voters_per_class_min, class_size_min(voting.ballots_per_class_min, voting.expected_turnout_percent)
    )
    raw = {person: voice.weight_hundredths for person, voice in earned.voices.items()}
    merged = merge_classes(per_class(raw.values()), least)
    voices = {person: merged.mapping[voice] for person, voice in raw.items()}
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
        options=[FrozenOption(key=each.key, title=each.title, cost_cents=each.cost_cents) for each in options],
        classes=[
            FrozenClass(voice_hundredths=voice, voters=size) for voice, size in per_class(voices.values()).items()
        ],
        merged=list(merged.steps),
        roll=work.keys.keyed_hash("voting roll", str(row.id), roll),
    )
    return frozen, voices


def _issue(work: Work, row: Round, voices: Mapping[str, int]) -> None:
    """Write the register and leave a letter for each voter, many at a time."""
    addresses = identity.addresses_of(work, list(voices))
    letter, register, letters = _letter(row), [], []
    for person, voice in voices.items():
        code = new_code(work.random(CODE_RANDOM_BYTES))
        register.append(
            {
                "code_hash": _code_hash(work, code),
                "round_id": row.id,
                "place": row.place,
                "person": person,
                "voice_hundredths": voice,
            }
        )
        # Who moved away since the reference date has no address here, and can ask for the code at the desk.
        if person in addresses:
            to = addresses[person].lines
            letters.append({**letter, "to": to, "code": code, "voice_hundredths": voice})
    # In the order of the keys, so that neighbours in the register are no neighbours in the street.
    register.sort(key=lambda each: str(each["code_hash"]))
    work.session.connection().execute(insert(RegisterRow), register)
    work.errands("letter", letters)


def _code_hash(work: Work, code: str) -> str:
    """Return what the register keeps of a code; the code alone, so that looking it up needs no round."""
    return work.keys.keyed_hash(REGISTER, str(read_code(code)))


def _letter(row: Round) -> dict[str, Any]:
    """Return what every letter of a round says; to whom and with which code is added, and emptied when it is made."""
    return {
        "title": f"Stem mee: {row.title}",
        "lines": [
            f"Je kunt stemmen van {row.opens_on:%d-%m-%Y} tot en met {row.closes_on:%d-%m-%Y}.",
            "Ga naar /stemmen op de website van je wijk en vul deze code in.",
            "Je kunt je stem veranderen tot en met de laatste dag.",
            "Niemand kan zien wat je stemt. Geef je code aan niemand.",
            "Code kwijt? Vraag een nieuwe aan, zolang je niet hebt gestemd.",
        ],
        "about": f"round {row.id}",
    }
