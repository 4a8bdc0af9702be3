# SPDX-License-Identifier: EUPL-1.2
"""Plays a counted round again with the voices of another rule, one at a time as it takes seconds; keeps nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.cells import cells
from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.text import Text, _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Policy, ReciprocityPolicy, demand_guarded, words_of
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.reciprocity.rules import merge_classes
from wijkbudget.reciprocity.rules.voices import FLOOR_HUNDREDTHS, guards_of, weigh
from wijkbudget.trail.work import Look, question
from wijkbudget.voting.models import RegisterRow
from wijkbudget.voting.phases import FrozenRound, NotThere
from wijkbudget.voting.queries.comparing import MAXIMIN_CELLS_MAX, TooLargeToCountAgain
from wijkbudget.voting.queries.outcomes import outcome_row, sealed_of
from wijkbudget.voting.queries.rounds import frozen_of, row_of
from wijkbudget.voting.replays import access
from wijkbudget.voting.replays.rules import DRAWS, chance_of, imagined_givers, winners_by_lot
from wijkbudget.voting.replays.schemas import AreaLine, PlanLine, ReplayView, TryRule, VoiceLine
from wijkbudget.voting.sealed import OutcomeRecord, SealedBox, election, per_class
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.maximin import MAXIMIN
from wijkbudget.voting.tallies.poll import Poll

GIVING_PERCENT = 20
HOURS_MEAN = 20
"""Choice: ours; what is imagined of a vote that was held elsewhere where nobody says otherwise."""

_AT_WORK = Lock()


@dataclass(frozen=True, kw_only=True)
class Changed:
    """The voice of everybody who could vote: as it was, and as it would have been."""

    policy: ReciprocityPolicy
    then: Mapping[str, int]
    now: Mapping[str, int]
    notes: tuple[Text, ...]


@question(access.REPLAY)
def replay(look: Look, place: str, round_id: UUID, command: TryRule) -> ReplayView:
    """Return what a vote would have come to by another rule for voices.

    Raises RoundNotFound, NotThere before the count, BadInput, TooLargeToCountAgain, or GuardBroken if no council may
    choose this.
    """
    row, kept = row_of(look, place, round_id), outcome_row(look, place, round_id)
    if kept is None:
        raise NotThere(_("The outcome is known when the ballots are counted."))
    if not row.is_imported and (command.giving_percent or command.hours_mean):
        raise BadInput(_("Of this vote it is known who gave time, so nothing is imagined."))
    policy = _tried(neighbourhoods.policy(look, place, None if row.is_imported else row.opens_on).rules, command)
    frozen, box = frozen_of(look, place, round_id), sealed_of(look, place, round_id)
    assert box is not None, "what was counted was sealed"
    record = OutcomeRecord.model_validate_json(kept.document)
    with _AT_WORK:
        if row.is_imported:
            changed = _imagined(policy, len(box.ballots), command, record.root)
            return _played(frozen, box, record, changed, [])
        changed = _looked_up(look, policy.reciprocity, frozen)
        return _played(frozen, box, record, changed, _areas(look, frozen, changed))


def _tried(policy: Policy, command: TryRule) -> Policy:
    """Return a policy with another rule for voices. Raises GuardBroken, naming the guard."""
    settings = {each.name: each.value for each in command.settings}
    tried = replace(policy, reciprocity=replace(policy.reciprocity, rule=command.rule, parameters=settings))
    demand_guarded(tried)
    return tried


def _looked_up(look: Look, policy: ReciprocityPolicy, frozen: FrozenRound) -> Changed:
    """Return the voices of everybody on the register of a round, by the time that counted on its reference date."""
    rows = select(RegisterRow.person, RegisterRow.voice_hundredths).where(
        col(RegisterRow.round_id) == UUID(frozen.id), col(RegisterRow.place) == frozen.place
    )
    then = dict(look.session.exec(rows).all())
    found = reciprocity.voices(look, frozen.place, then, frozen.reference_on, policy)
    return _changed(policy, then, found.weights, found.notes, frozen.voters_per_class_min)


def _imagined(policy: Policy, voters: int, command: TryRule, seed: str) -> Changed:
    """Return imagined voices of those who cast the ballots of a vote that was held elsewhere."""
    giving, hours = command.giving_percent or GIVING_PERCENT, command.hours_mean or HOURS_MEAN
    givers = imagined_givers(voters, giving, hours, chance_of(seed, "time", str(giving), str(hours)))
    chosen = policy.reciprocity
    found = weigh(givers, reciprocity.rule_of(chosen), guards_of(chosen.parameters))
    then = dict.fromkeys(found.weights, FLOOR_HUNDREDTHS)
    return _changed(chosen, then, found.weights, found.notes, policy.voting.voters_per_class_min)


def _changed(
    policy: ReciprocityPolicy, then: Mapping[str, int], earned: Mapping[str, int], notes: Iterable[Text], minimum: int
) -> Changed:
    merged = merge_classes(Counter(earned.values()), minimum)
    now = {person: merged.mapping[weight] for person, weight in earned.items()}
    return Changed(policy=policy, then=then, now=now, notes=(*notes, *merged.steps))


def _played(
    frozen: FrozenRound, box: SealedBox, record: OutcomeRecord, changed: Changed, areas: list[AreaLine]
) -> ReplayView:
    policy, tally = changed.policy, TALLIES[frozen.tally]
    chance = chance_of(record.root, policy.rule, *(f"{name} {value}" for name, value in policy.parameters.items()))
    poll = Poll.of(election(frozen, box, record.seed))
    if tally.key == MAXIMIN.key and len(poll.options) * len(poll.voices) > MAXIMIN_CELLS_MAX // DRAWS:
        raise TooLargeToCountAgain(_("This vote is counted in a way that takes too long to count again and again."))
    count = tally, tally.parameters(frozen.tally_parameters)
    draws = winners_by_lot(poll, _dealt(frozen, box, changed), count, frozen.ballots_per_class_min, chance)
    decided = record.weighted if frozen.decides == "weighted" else record.equal
    won = Counter(key for winners in draws for key in winners)
    then, now = per_class(changed.then.values()), per_class(changed.now.values())
    return ReplayView(
        round_id=UUID(frozen.id),
        title=frozen.title,
        rule=policy.rule,
        words=list(words_of(policy.rule, policy.parameters)),
        is_imagined=not areas,
        people=[
            VoiceLine(voice_hundredths=voice, people_then=then.get(voice, 0), people_now=now.get(voice, 0))
            for voice in sorted(then.keys() | now.keys())
        ],
        notes=list(changed.notes),
        draws=len(draws),
        same_draws=sum(set(winners) == set(decided.winners) for winners in draws),
        same_equal_draws=sum(set(winners) == set(record.equal.winners) for winners in draws),
        plans=[
            PlanLine(
                key=option.key,
                title=option.title,
                cost_cents=option.cost_cents,
                won=option.key in decided.winners,
                won_equal=option.key in record.equal.winners,
                won_draws=won[option.key],
            )
            for option in sorted(frozen.options, key=lambda option: option.key not in decided.winners)
        ],
        areas=areas,
    )


def _dealt(frozen: FrozenRound, box: SealedBox, changed: Changed) -> dict[int, list[int]]:
    """Return the new voices of everybody, by the voice that ballots of theirs counted with.

    Who is on the register no more had a voice too, and keeps it.
    """
    dealt = defaultdict[int, list[int]](list)
    for person, voice in changed.then.items():
        dealt[box.counted_as.get(voice, voice)].append(changed.now[person])
    could_vote: Counter[int] = Counter()
    for each in frozen.classes:
        could_vote[box.counted_as.get(each.voice_hundredths, each.voice_hundredths)] += each.voters
    for voice, voters in could_vote.items():
        dealt[voice] += [voice] * (voters - len(dealt[voice]))
    return dealt


def _areas(look: Look, frozen: FrozenRound, changed: Changed) -> list[AreaLine]:
    """Return the effect for each small area; those where few can vote are taken together."""
    lives = {
        each.person_id: each.quarter
        for each in identity.residents(look, frozen.place, frozen.reference_on, frozen.voter_age_min)
    }
    people = defaultdict[str, list[str]](list)
    for person in changed.then:
        people[lives.get(person, "")].append(person)
    names = {each.code: each.name for each in neighbourhoods.neighbourhood(look, frozen.place).quarters}
    sizes = {quarter: len(found) for quarter, found in people.items()}
    least = frozen.voters_per_class_min
    parted = cells(sizes, lambda group: sum(sizes[quarter] for quarter in group) >= least)
    groups = [*([quarter] for quarter in parted.alone), *([parted.together] if parted.together else [])]
    return [
        _area(quarters, [person for each in quarters for person in people[each]], changed, names) for quarters in groups
    ]


def _area(quarters: list[str], people: list[str], changed: Changed, names: Mapping[str, str]) -> AreaLine:
    return AreaLine(
        quarters=sorted(names[quarter] for quarter in quarters if quarter in names),
        people=len(people),
        then_hundredths=sum(changed.then[person] for person in people) // len(people),
        now_hundredths=sum(changed.now[person] for person in people) // len(people),
    )
