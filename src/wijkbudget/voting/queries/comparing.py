# SPDX-License-Identifier: EUPL-1.2
"""Counts the sealed box of a counted round again: in other ways, and to find what would have been enough.

Never before the count, and never inside the act that counts. What is found follows from what was sealed and frozen, so
it is kept under the hash of the outcome and worked out once, for one reader at a time.
"""

from collections.abc import Callable
from threading import Lock
from typing import NamedTuple, TypeVar
from uuid import UUID

from wijkbudget.kit.errors import NotFound, RuleBroken
from wijkbudget.kit.text import Text, _
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.phases import FrozenRound, NotThere
from wijkbudget.voting.queries.outcomes import outcome_row, sealed_of
from wijkbudget.voting.queries.rounds import frozen_of, row_of
from wijkbudget.voting.rules import Option, Parameters
from wijkbudget.voting.schemas import EnoughView, SideBySideView, TallyColumn
from wijkbudget.voting.sealed import OutcomeRecord, deciding
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.comparing import Compared, compare, differing
from wijkbudget.voting.tallies.maximin import MAXIMIN
from wijkbudget.voting.tallies.points import in_words_of
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.why import enough

CELLS_MAX = 500_000
"""Choice: ours; options times ways in which ballots were marked: some seconds for what was enough for one option."""

MAXIMIN_CELLS_MAX = 100_000
"""Choice: ours; the same for the slowest tally, so that nobody waits long for a page."""

_FOUND: dict[tuple[str, str], object] = {}
"""What was found about a few outcomes, by their hash, which never means another."""
_FOUND_MAX = 200
_AT_WORK = Lock()

Found = TypeVar("Found")


class OptionNotFound(NotFound):
    """No option of the round has this key."""


class TooLargeToCountAgain(RuleBroken):
    """To count so many ballots again takes longer than a reader of a page waits."""


class Counted(NamedTuple):
    """A counted round as the count that decided saw it."""

    frozen: FrozenRound
    parameters: Parameters
    poll: Poll

    @property
    def cells(self) -> int:
        """Return options times ways in which ballots were marked: how long counting takes."""
        return len(self.poll.options) * len(self.poll.voices)


@question(access.READ)
def side_by_side(look: Look, place: str, round_id: UUID) -> SideBySideView:
    """Return what each tally makes of the same ballots. Raises RoundNotFound, or NotThere before the count."""
    outcome_hash = outcome_hash_of(look, place, round_id)
    return once(outcome_hash, "side by side", lambda: _side_by_side(counted_of(look, place, round_id)))


@question(access.READ)
def was_enough(look: Look, place: str, round_id: UUID, key: str) -> EnoughView:
    """Return what would have been enough for an option that lost.

    Raises RoundNotFound, OptionNotFound, NotThere before the count, or TooLargeToCountAgain.
    """
    outcome_hash = outcome_hash_of(look, place, round_id)
    if key not in {option.key for option in frozen_of(look, place, round_id).options}:
        raise OptionNotFound(_("There is no such plan on this ballot."))
    return once(outcome_hash, f"enough for {key}", lambda: _was_enough(counted_of(look, place, round_id), key))


def outcome_hash_of(look: Look, place: str, round_id: UUID) -> str:
    """Return the hash of the outcome of a round. Raises RoundNotFound, or NotThere before the count."""
    row_of(look, place, round_id)
    kept = outcome_row(look, place, round_id)
    if kept is None:
        raise NotThere(_("The outcome is known when the ballots are counted."))
    return kept.outcome_hash


def counted_of(look: Look, place: str, round_id: UUID) -> Counted:
    """Return a counted round, to count it again."""
    frozen, box = frozen_of(look, place, round_id), sealed_of(look, place, round_id)
    kept = outcome_row(look, place, round_id)
    assert box is not None, "what is counted was sealed"
    assert kept is not None, "what was found was counted"
    poll, parameters = deciding(frozen, box, OutcomeRecord.model_validate_json(kept.document).seed)
    return Counted(frozen=frozen, parameters=parameters, poll=poll)


def once(outcome_hash: str, what: str, find: Callable[[], Found]) -> Found:
    """Return what was found before, or find it; one at a time, because it can take seconds of a processor."""
    with _AT_WORK:
        if (outcome_hash, what) not in _FOUND:
            if len(_FOUND) == _FOUND_MAX:
                _FOUND.clear()
            _FOUND[outcome_hash, what] = find()
        return _FOUND[outcome_hash, what]  # type: ignore[return-value] # each name is found by one function


def _side_by_side(counted: Counted) -> SideBySideView:
    asked = [
        (key, counted.parameters if key == counted.frozen.tally else tally.parameters({}))
        for key, tally in TALLIES.items()
        if key in (counted.frozen.tally, *(TALLIES if counted.cells <= MAXIMIN_CELLS_MAX else _quick()))
    ]
    compared = compare(counted.poll, asked)
    won = {key for each in compared if each.outcome for key in each.outcome.winners}
    differs = differing(compared)
    options = sorted(counted.frozen.options, key=lambda option: option.key not in won)
    return SideBySideView(
        title=counted.frozen.title,
        ballots=counted.poll.ballot_count,
        options=[option for option in options if option.key in won],
        columns=[_column(each, parameters, counted) for each, (_key, parameters) in zip(compared, asked, strict=True)],
        differs=[option.key for option in options if option.key in differs],
        left_out=[tally.name for key, tally in TALLIES.items() if key not in dict(asked)],
    )


def _quick() -> frozenset[str]:
    return frozenset(TALLIES) - {MAXIMIN.key}


def _column(each: Compared, parameters: Parameters, counted: Counted) -> TallyColumn:
    tally = TALLIES[each.tally]
    return TallyColumn(
        tally=each.tally,
        name=tally.name,
        how_counted=list(tally.words(parameters)),
        is_own=each.tally == counted.frozen.tally,
        refusal=each.refusal,
        winners=list(each.outcome.winners) if each.outcome else [],
        spent_cents=each.outcome.spent_cents if each.outcome else 0,
        reached=each.reached,
        # Rounded down, so that neither number is better than what it stands for.
        reached_percent=each.reached_percent // 1,
        cents_per_supporter=each.cents_per_supporter // 1,
    )


def _was_enough(counted: Counted, key: str) -> EnoughView:
    if counted.cells > CELLS_MAX:
        text = _("This vote is too large to count again while you wait. Download the file and count it yourself.")
        raise TooLargeToCountAgain(text)
    tally = TALLIES[counted.frozen.tally]
    outcome = tally.tally(counted.poll, counted.parameters)
    told = next(option for option in outcome.options if option.id == key)
    found: tuple[Text, ...] = ()
    if not told.won:
        found = enough(tally, counted.parameters, counted.poll, [key])[0].texts
    option: Option = next(each for each in counted.poll.options if each.id == key)
    return EnoughView(
        title=option.title,
        round_title=counted.frozen.title,
        cost_cents=told.cost_cents,
        paid_cents=told.paid_cents,
        heads=told.heads,
        won=told.won,
        why=in_words_of(counted.frozen.ballot_limits.marking, told.reason),
        found=list(found),
    )
