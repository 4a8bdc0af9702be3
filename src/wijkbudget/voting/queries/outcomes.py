"""Reads the sealed box and the outcome of a round."""

from collections import Counter
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.models import OutcomeRow, Sealed
from wijkbudget.voting.phases import FrozenClass, NotThere, Phase
from wijkbudget.voting.queries.rounds import frozen_of, frozen_text_of, options_of, row_of
from wijkbudget.voting.schemas import CountView, OptionResult, OptionView, OutcomeView, PublishedView
from wijkbudget.voting.sealed import Count, OutcomeRecord, SealedBox


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
    box = sealed_of(look, place, round_id)
    if kept is None or box is None:
        raise NotThere(_("The outcome is known when the ballots are counted."))
    frozen, record = frozen_of(look, place, round_id), OutcomeRecord.model_validate_json(kept.document)
    options = {option.key: option for option in options_of(look, place, round_id)}
    weighted, equal = _count(record.weighted, options), _count(record.equal, options)
    voices = Counter(ballot.voice_hundredths for ballot in box.ballots)
    return OutcomeView(
        round_id=round_id,
        title=row.title,
        phase=Phase(row.phase),
        budget_cents=frozen.budget_cents,
        decides=frozen.decides,
        article=frozen.article,
        tally=frozen.tally,
        outcome_hash=kept.outcome_hash,
        root=record.root,
        seed=record.seed,
        objections_until=row.objections_until,
        ballots=[FrozenClass(voice_hundredths=voice, voters=size) for voice, size in sorted(voices.items())],
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


def outcome_row(look: Look, place: str, round_id: UUID) -> OutcomeRow | None:
    """Return the kept outcome of a round, or None before the count."""
    rows = select(OutcomeRow).where(col(OutcomeRow.round_id) == round_id, col(OutcomeRow.place) == place)
    return look.session.exec(rows).first()


def _count(count: Count, options: dict[str, OptionView]) -> CountView:
    results = {
        each.key: OptionResult(
            key=each.key,
            about=options[each.key].about,
            title=options[each.key].title,
            cost_cents=options[each.key].cost_cents,
            votes_hundredths=each.votes_hundredths,
            heads=each.heads,
            won=each.won,
            why=each.why,
        )
        for each in count.options
    }
    return CountView(
        winners=[results[key] for key in count.winners],
        options=list(results.values()),
        spent_cents=count.spent_cents,
        steps=count.steps,
    )
