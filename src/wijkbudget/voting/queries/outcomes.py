# SPDX-License-Identifier: EUPL-1.2
"""Reads the sealed box and the outcome of a round."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules import merge_classes
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.models import Ballot, OutcomeRow, Sealed
from wijkbudget.voting.phases import FrozenClass, FrozenRound, NotThere, Phase
from wijkbudget.voting.queries.rounds import drawn_of, frozen_of, frozen_text_of, options_of, row_of
from wijkbudget.voting.receipts import BoxSeal
from wijkbudget.voting.rules import Marking
from wijkbudget.voting.schemas import CountView, OptionResult, OptionView, OutcomeView, PublishedView
from wijkbudget.voting.sealed import Count, OptionCount, OutcomeRecord, SealedBox, ties
from wijkbudget.voting.tallies.points import in_words_of


@question(access.READ)
def published(look: Look, place: str, round_id: UUID) -> PublishedView:
    """Return every sealed ballot of a round, by receipt. Raises RoundNotFound, or NotThere before the close."""
    row = row_of(look, place, round_id)
    box = sealed_of(look, place, round_id)
    if box is None or row.frozen_hash is None:
        raise NotThere(_("The ballots are published when the round is closed."))
    return PublishedView(
        round_id=round_id,
        frozen_hash=row.frozen_hash,
        frozen=frozen_text_of(look, place, round_id),
        root=box.root,
        merged=box.merged,
        ballots=box.ballots,
    )


@question(access.READ)
def outcome(look: Look, place: str, round_id: UUID) -> OutcomeView:
    """Return the outcome of a round, both counts. Raises RoundNotFound, or NotThere before the count."""
    row = row_of(look, place, round_id)
    kept = outcome_row(look, place, round_id)
    if kept is None:
        raise NotThere(_("The outcome is known when the ballots are counted."))
    frozen, record = frozen_of(look, place, round_id), OutcomeRecord.model_validate_json(kept.document)
    options = {option.key: option for option in options_of(look, place, round_id)}
    marking = frozen.ballot_limits.marking
    weighted, equal = (_count(each, options, marking) for each in (record.weighted, record.equal))
    return OutcomeView(
        round_id=round_id,
        title=row.title,
        phase=Phase(row.phase),
        budget_cents=frozen.budget_cents,
        decides=frozen.decides,
        article=frozen.article,
        tally=frozen.tally,
        marking=marking,
        mark_max=frozen.ballot_limits.mark_max,
        outcome_hash=kept.outcome_hash,
        root=record.root,
        seed=record.seed,
        lots=list(ties(frozen, record.seed).ids),
        lots_from=frozen.lots_from,
        drawn=drawn_of(look, place, round_id),
        objections_until=row.objections_until,
        ballots=frozen.classes if row.is_imported else _sizes(look, round_id, frozen),
        winners=(weighted if frozen.decides == "weighted" else equal).winners,
        weighted=weighted,
        equal=equal,
        differs=[options[key].about for key in record.differs],
    )


def sealed_of(look: Look, place: str, round_id: UUID) -> SealedBox | None:
    """Return the sealed box of a round, or None before the close."""
    kept = select(Sealed.document).where(col(Sealed.round_id) == round_id, col(Sealed.place) == place)
    document = look.session.exec(kept).first()
    return None if document is None else SealedBox.model_validate_json(document)


def seal_of(look: Look, place: str, round_id: UUID) -> BoxSeal:
    """Return what was signed of the sealed box of a round that is past the close."""
    kept = select(Sealed.seal).where(col(Sealed.round_id) == round_id, col(Sealed.place) == place)
    return BoxSeal.model_validate_json(look.session.exec(kept).one())


def root_of(look: Look, place: str, round_id: UUID) -> str | None:
    """Return the root of the sealed box of a round, or None before the close."""
    kept = select(Sealed.root).where(col(Sealed.round_id) == round_id, col(Sealed.place) == place)
    return look.session.exec(kept).first()


def outcome_row(look: Look, place: str, round_id: UUID) -> OutcomeRow | None:
    """Return the kept outcome of a round, or None before the count."""
    rows = select(OutcomeRow).where(col(OutcomeRow.round_id) == round_id, col(OutcomeRow.place) == place)
    return look.session.exec(rows).first()


def _sizes(look: Look, round_id: UUID, frozen: FrozenRound) -> list[FrozenClass]:
    """Return how many ballots were counted with each voice, without reading them one by one."""
    rows = select(col(Ballot.voice_hundredths), func.count()).where(col(Ballot.round_id) == round_id)
    cast = {voice: int(size) for voice, size in look.session.exec(rows.group_by(col(Ballot.voice_hundredths))).all()}
    counted: dict[int, int] = {}
    for voice, lower in merge_classes(cast, frozen.ballots_per_class_min).mapping.items():
        counted[lower] = counted.get(lower, 0) + cast[voice]
    return [FrozenClass(voice_hundredths=voice, voters=size) for voice, size in sorted(counted.items())]


def _count(count: Count, options: dict[str, OptionView], marking: Marking) -> CountView:
    results = {
        each.key: OptionResult(
            key=each.key,
            about=options[each.key].about,
            title=options[each.key].title,
            cost_cents=options[each.key].cost_cents,
            votes_hundredths=each.votes_hundredths,
            heads=each.heads,
            won=each.won,
            paid_cents=_paid_cents(each, options[each.key]),
            why=in_words_of(marking, each.why),
        )
        for each in count.options
    }
    return CountView(
        winners=[results[key] for key in count.winners],
        options=list(results.values()),
        spent_cents=count.spent_cents,
        steps=count.steps,
    )


def _paid_cents(counted: OptionCount, option: OptionView) -> int:
    """Return what an option gets; in an outcome from before that was kept, its cost if it won."""
    if counted.paid_cents is None:
        return option.cost_cents if counted.won else 0
    return counted.paid_cents
