# SPDX-License-Identifier: EUPL-1.2
"""Puts a vote that was held elsewhere on the record, and counts it again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import insert

from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Draft, Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.ballots.points import TOTAL_MAX
from wijkbudget.voting.ballots.ranking import LENGTH_MAX
from wijkbudget.voting.events import ElectionImported
from wijkbudget.voting.models import Frozen, OutcomeRow, Round, RoundOption, Sealed
from wijkbudget.voting.pabulib import KEPT, PabulibElection, read
from wijkbudget.voting.pabulib.election import POINTED, RANKED
from wijkbudget.voting.phases import FrozenClass, FrozenOption, FrozenRound, Phase, frozen_text
from wijkbudget.voting.schemas import ImportElection, RoundView
from wijkbudget.voting.sealed import SealedBallot, SealedBox, count, published, sha256_of
from wijkbudget.voting.service.signing import signed
from wijkbudget.voting.tallies import TALLIES

VOICE = 100
"""In a file every voice is one."""

_DAY = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)

_RULES: Mapping[str, tuple[str, dict[str, int | str]]] = {
    "greedy": ("greedy", {}),
    "greedy-threshold": ("greedy", {}),
    "greedy-no-skip": ("greedy", {"too_dear": "stop"}),
    "equalshares": ("equal_shares", {"completion": "none"}),
    "equalshares/add1": ("equal_shares", {}),
}
"""How a file says it was counted; anything else is counted as we count, with equal shares."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """All that a round held here would have written on its way."""

    frozen: FrozenRound
    box: SealedBox
    documents: Mapping[str, str]
    """The texts of what was frozen, sealed and counted."""


def draft_import(draft: Draft, place: str, command: ImportElection) -> Imported:
    """Read and count a file. Raises NeighbourhoodNotFound or BadPabulib."""
    neighbourhoods.neighbourhood(draft, place)
    election = read(command.text)
    frozen = _frozen(draft, place, command, election)
    box = published(_ballots(election), [], {})
    rules = frozen_text(frozen)
    outcome = frozen_text(count(frozen, sha256_of(rules), box))
    seal = frozen_text(signed(draft.keys, frozen.id, box, None))
    documents = {"frozen": rules, "box": frozen_text(box), "seal": seal, "outcome": outcome}
    return Imported(frozen=frozen, box=box, documents=documents)


@verb(access.IMPORT, prepare=draft_import)
def import_pabulib(work: Work, place: str, command: ImportElection) -> RoundView:  # noqa: ARG001 (the draft read it)
    """Make a counted round of a Pabulib file; there is no register. Raises NeighbourhoodNotFound or BadPabulib."""
    imported = work.prepared(draft_import)
    frozen, documents = imported.frozen, imported.documents
    round_id, outcome_hash = UUID(frozen.id), sha256_of(documents["outcome"])
    work.session.add(
        Round(
            id=round_id,
            place=place,
            year=frozen.year,
            title=frozen.title,
            phase=Phase.COUNTED,
            opens_on=frozen.opens_on,
            closes_on=frozen.closes_on,
            reference_on=frozen.reference_on,
            budget_cents=frozen.budget_cents,
            frozen_hash=sha256_of(documents["frozen"]),
            is_imported=True,
        )
    )
    work.session.flush()
    here = {"round_id": round_id, "place": place}
    options = [
        {**here, "key": each.key, "about": f"pabulib:{each.key}", "title": each.title, "cost_cents": each.cost_cents}
        for each in frozen.options
    ]
    root = imported.box.root
    connection = work.session.connection()
    connection.execute(insert(RoundOption), options)
    connection.execute(insert(Frozen).values(**here, document=documents["frozen"]))
    connection.execute(insert(Sealed).values(**here, root=root, document=documents["box"], seal=documents["seal"]))
    connection.execute(insert(OutcomeRow).values(**here, outcome_hash=outcome_hash, document=documents["outcome"]))
    work.record(
        ElectionImported(
            place=place, subject=str(round_id), file_hash=frozen.policy, root=root, outcome_hash=outcome_hash
        )
    )
    return queries.round_(work, place, round_id)


def _frozen(draft: Draft, place: str, command: ImportElection, election: PabulibElection) -> FrozenRound:
    opens_on = _day(election.meta.get("date_begin", ""), last=False) or draft.today
    closes_on = _day(election.meta.get("date_end", ""), last=True) or opens_on
    ballot, limits = _ballot(election)
    tally, parameters = _RULES.get(_rule(election.meta), ("equal_shares", {}))
    options = sorted(election.options, key=lambda option: (len(option.id), option.id))
    return FrozenRound(
        id=str(draft.new_id()),
        place=place,
        year=opens_on.year,
        title=command.name,
        opens_on=opens_on,
        closes_on=max(opens_on, closes_on),
        reference_on=opens_on,
        budget_cents=election.budget_cents,
        article="",
        policy=sha256_of(command.text),
        ballot=ballot,
        ballot_parameters=limits,
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
        ties=[option.id for option in election.options],
        source={key: " ".join(election.meta[key].split()) for key in KEPT if election.meta.get(key)},
    )


def _ballot(election: PabulibElection) -> tuple[str, dict[str, int | str]]:
    """Return which ballot of ours comes nearest to that of a file, with its parameters as far as they are known."""
    most = max((len(ballot.marks) for ballot in election.ballots), default=0)
    if election.vote_type in RANKED:
        return "ranking", {"length": min(max(most, 1), LENGTH_MAX)}
    if election.vote_type in POINTED:
        total = election.meta.get("max_sum_points", "")
        is_known = _NUMBER.fullmatch(total) and 1 <= int(total) <= TOTAL_MAX
        return "points", {"points_total": int(total)} if is_known else {}
    return ("one" if election.vote_type == "choose-1" else "approval"), {}


def _rule(meta: Mapping[str, str]) -> str:
    """Return how a file says it was counted; here a plan needs one vote to win, and no other number of them."""
    rule = meta.get("rule", "")
    return "" if rule == "greedy-threshold" and meta.get("min_project_score_threshold") != "1" else rule


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
