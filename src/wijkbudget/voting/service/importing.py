"""Puts a vote that was held elsewhere on the record, and counts it again."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.ballots.approval import APPROVAL
from wijkbudget.voting.events import ElectionImported
from wijkbudget.voting.models import Frozen, OutcomeRow, Round, RoundOption, Sealed
from wijkbudget.voting.pabulib import BadPabulib, PabulibElection, read
from wijkbudget.voting.phases import FrozenClass, FrozenOption, FrozenRound, Phase, frozen_text
from wijkbudget.voting.schemas import ImportElection, RoundView
from wijkbudget.voting.sealed import SealedBallot, SealedBox, count, published, sha256_of
from wijkbudget.voting.tallies import TALLIES

VOICE = 100
"""In a file every voice is one."""

_DAY = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)

_RULES: Mapping[str, tuple[str, dict[str, int | str]]] = {
    "greedy": ("greedy", {}),
    "greedy-no-skip": ("greedy", {"too_dear": "stop"}),
}
"""How a file says it was counted; anything else is counted as we count, with equal shares."""


@verb(access.IMPORT)
def import_pabulib(work: Work, place: str, command: ImportElection) -> RoundView:
    """Make a counted round of a Pabulib file; there is no register. Raises NeighbourhoodNotFound or BadPabulib."""
    neighbourhoods.neighbourhood(work, place)
    election = read(command.text)
    if not election.budget_cents:
        raise BadPabulib(_("There is no budget in this file."))
    frozen = _frozen(work, place, command, election)
    box = published(_ballots(election), [])
    row = Round(
        id=UUID(frozen.id),
        place=place,
        year=frozen.year,
        title=frozen.title,
        phase=Phase.COUNTED,
        opens_on=frozen.opens_on,
        closes_on=frozen.closes_on,
        reference_on=frozen.reference_on,
        budget_cents=frozen.budget_cents,
        frozen_hash=sha256_of(frozen_text(frozen)),
        is_imported=True,
    )
    work.session.add(row)
    work.session.flush()
    _keep(work, row, frozen, box)
    return queries.round_(work, place, row.id)


def _keep(work: Work, row: Round, frozen: FrozenRound, box: SealedBox) -> None:
    """Write what a round held here would have written on its way, and record it."""
    outcome = frozen_text(count(frozen, str(row.frozen_hash), box))
    options = [
        RoundOption(
            round_id=row.id,
            key=each.key,
            place=row.place,
            about=f"pabulib:{each.key}",
            title=each.title,
            cost_cents=each.cost_cents,
        )
        for each in frozen.options
    ]
    work.session.add_all(
        [
            *options,
            Frozen(round_id=row.id, place=row.place, document=frozen_text(frozen)),
            Sealed(round_id=row.id, place=row.place, root=box.root, document=frozen_text(box)),
            OutcomeRow(round_id=row.id, place=row.place, outcome_hash=sha256_of(outcome), document=outcome),
        ]
    )
    work.session.flush()
    work.record(
        ElectionImported(
            place=row.place,
            subject=str(row.id),
            file_hash=frozen.policy,
            root=box.root,
            outcome_hash=sha256_of(outcome),
        )
    )


def _frozen(work: Work, place: str, command: ImportElection, election: PabulibElection) -> FrozenRound:
    opens_on = _day(election.meta.get("date_begin", ""), last=False) or work.today
    closes_on = _day(election.meta.get("date_end", ""), last=True) or opens_on
    tally, parameters = _RULES.get(election.meta.get("rule", ""), ("equal_shares", {}))
    options = sorted(election.options, key=lambda option: (len(option.id), option.id))
    return FrozenRound(
        id=str(work.new_id()),
        place=place,
        year=opens_on.year,
        title=command.name,
        opens_on=opens_on,
        closes_on=max(opens_on, closes_on),
        reference_on=opens_on,
        budget_cents=election.budget_cents,
        article="",
        policy=sha256_of(command.text),
        ballot=APPROVAL.key,
        ballot_parameters={},
        tally=tally,
        tally_parameters=dict(TALLIES[tally].parameters(parameters)),
        decides="equal",
        voter_age_min=0,
        voters_per_class_min=0,
        ballots_per_class_min=0,
        objection_days=0,
        voice_rule="equal",
        voice_parameters={},
        options=[FrozenOption(key=each.id, title=each.title, cost_cents=each.cost_cents) for each in options],
        classes=[FrozenClass(voice_hundredths=VOICE, voters=sum(ballot.count for ballot in election.ballots))],
        merged=[],
        roll="",
    )


def _ballots(election: PabulibElection) -> Iterator[SealedBallot]:
    """Yield one ballot for each in the file, numbered; a file has no receipts."""
    number = 0
    for group in election.ballots:
        for _each in range(group.count):
            number += 1
            yield SealedBallot(receipt=f"{number:07}", voice_hundredths=VOICE, marks=dict(group.marks))


def _day(written: str, *, last: bool) -> date | None:
    """Return a day as files write it, the first or last of a year where there is only a year, or None."""
    match = _DAY.fullmatch(written)
    try:
        if _YEAR.fullmatch(written):
            return date(int(written), 12, 31) if last else date(int(written), 1, 1)
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None
