# SPDX-License-Identifier: EUPL-1.2
"""Gives a counted round as a file in the format that elections all over the world are kept in."""

from uuid import UUID

from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.pabulib import Project, PublishedElection, euros, write
from wijkbudget.voting.phases import FrozenLimit, FrozenRound, NotThere
from wijkbudget.voting.queries.outcomes import outcome_row, sealed_of
from wijkbudget.voting.queries.rounds import frozen_of, row_of
from wijkbudget.voting.rules import BallotParameters
from wijkbudget.voting.sealed import OutcomeRecord, SealedBox, ties


@question(access.READ)
def election(look: Look, place: str, round_id: UUID) -> str:
    """Return a round as a Pabulib file, from what is published. Raises RoundNotFound, or NotThere before the count."""
    row = row_of(look, place, round_id)
    kept, box = outcome_row(look, place, round_id), sealed_of(look, place, round_id)
    if kept is None or box is None:
        raise NotThere(_("The file of this vote is there when the ballots are counted."))
    frozen, record = frozen_of(look, place, round_id), OutcomeRecord.model_validate_json(kept.document)
    said = _said_elsewhere(look, frozen) if row.is_imported else _said(look, frozen)
    return write(_published(frozen, record, box, said))


def _published(frozen: FrozenRound, record: OutcomeRecord, box: SealedBox, said: dict[str, str]) -> PublishedElection:
    decisive = record.weighted if frozen.decides == "weighted" else record.equal
    counted = {each.key: each for each in record.equal.options}
    options = {each.key: each for each in frozen.options}
    return PublishedElection(
        said=said,
        budget_cents=frozen.budget_cents,
        tally=frozen.tally,
        parameters=frozen.tally_parameters,
        follows=set(decisive.winners) == set(record.equal.winners),
        remark=_remark(frozen, record, box),
        projects=tuple(
            Project(
                id=key,
                cost_cents=options[key].cost_cents,
                title=options[key].title,
                heads=counted[key].heads,
                points=counted[key].votes_hundredths // 100,
                won=key in decisive.winners,
            )
            for key in ties(frozen, record.seed).ids
        ),
        ballots=(ballot.marks for ballot in box.ballots),
        ballot_count=len(box.ballots),
        limits=[_limit(each) for each in frozen.limits],
    )


def _limit(limit: FrozenLimit) -> str:
    """Return in the language of these files what a limit says."""
    projects = ", ".join(limit.ids)
    if limit.wins_max is not None:
        return f"of the projects {projects} at most {limit.wins_max} could win"
    return f"the projects {projects} could cost {euros(limit.spent_cents_max or 0)} together"


def _remark(frozen: FrozenRound, record: OutcomeRecord, box: SealedBox) -> str:
    """Return what the voices did, because the format has no place for them."""
    voices = sorted({ballot.voice_hundredths for ballot in box.ballots})
    if len(voices) < 2:  # noqa: PLR2004 (voices differ when there are two)
        return ""
    told = " or ".join(f"{voice // 100}.{voice % 100:02}" for voice in voices)
    if frozen.decides == "equal":
        return (
            f"A voter had a voice of {told}; what was selected was chosen with equal voices, and with these voices"
            f" it would have been {', '.join(record.weighted.winners) or 'nothing'}"
        )
    return (
        f"A voter had a voice of {told}, and what was selected was chosen with these voices; in this file every"
        f" ballot counts as one, which selects {', '.join(record.equal.winners) or 'nothing'}"
    )


def _said(look: Look, frozen: FrozenRound) -> dict[str, str]:
    """Return where and when a round of our own was, and how people could vote."""
    limits = frozen.ballot_limits
    most = len(frozen.options) if limits.marks_max is None else min(limits.marks_max, len(frozen.options))
    return {
        **_held_here(look, frozen),
        "district": neighbourhoods.neighbourhood(look, frozen.place).name,
        "vote_type": _vote_type(limits, most),
        "min_length": str(limits.marks_min or ""),
        "max_length": "" if limits.marks_max is None else str(most),
        "max_sum_cost": "" if limits.budget_cents is None else euros(limits.budget_cents),
        "max_points": str(limits.mark_max) if limits.marking == "points" else "",
        "max_sum_points": str(limits.total_max or ""),
        "language": "nl",
        "currency": "EUR",
    }


def _vote_type(limits: BallotParameters, most: int) -> str:
    """Return what Pabulib calls a ballot."""
    if limits.marking == "points":
        return "cumulative"
    if limits.marking == "places":
        return "ordinal"
    return "choose-1" if (limits.marks_min, most) == (1, 1) else "approval"


def _said_elsewhere(look: Look, frozen: FrozenRound) -> dict[str, str]:
    """Return what the file of a vote said of itself, and what we know where it said nothing."""
    return {**_held_here(look, frozen), "vote_type": "approval", **frozen.source}


def _held_here(look: Look, frozen: FrozenRound) -> dict[str, str]:
    return {
        "description": frozen.title,
        "country": "Netherlands",
        "unit": neighbourhoods.municipality(look).name,
        "instance": str(frozen.year),
        "date_begin": f"{frozen.opens_on:%d.%m.%Y}",
        "date_end": f"{frozen.closes_on:%d.%m.%Y}",
    }
