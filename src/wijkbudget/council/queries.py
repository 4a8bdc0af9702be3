# SPDX-License-Identifier: EUPL-1.2
"""Reads the council's members and decisions, and proves that each decision stands."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.council import access
from wijkbudget.council.models import Decision, DecisionAbout, DecisionVoice
from wijkbudget.council.rules import DecisionNotFound, Kind, Stance, demand_valid
from wijkbudget.council.schemas import DecisionView, MemberView, VoiceView
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.READ)
def members(look: Look, place: str) -> list[MemberView]:
    """Return who sits in the council now, the chair first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    chairs = {person.id: person.name for person in identity.holders(look, place, Role.CHAIR)}
    others = {person.id: person.name for person in identity.holders(look, place, Role.COUNCIL)}
    sitting = [MemberView(id=id_, name=name, is_chair=True) for id_, name in chairs.items()]
    sitting += [MemberView(id=id_, name=name, is_chair=False) for id_, name in others.items() if id_ not in chairs]
    return sorted(sitting, key=lambda member: (not member.is_chair, member.name))


@question(access.READ)
def decision(look: Look, place: str, decision_id: UUID) -> DecisionView:
    """Return a decision of this neighbourhood's council. Raises DecisionNotFound."""
    row = look.session.exec(
        select(Decision).where(col(Decision.id) == decision_id, col(Decision.place) == place)
    ).first()
    if row is None:
        raise DecisionNotFound(_("The council of this neighbourhood took no such decision."))
    return _views(look, place, [row])[0]


@question(access.READ)
def decisions(look: Look, place: str) -> list[DecisionView]:
    """Return what the council decided, newest first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    rows = select(Decision).where(col(Decision.place) == place)
    ordered = rows.order_by(col(Decision.decided_on).desc(), col(Decision.recorded_at).desc(), col(Decision.id))
    return _views(look, place, look.session.exec(ordered).all())


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every decision that its own votes do not carry."""
    cast = _voices(look, None)
    for row in look.session.exec(select(Decision).order_by(col(Decision.id))).all():
        voices = cast.get(row.id, [])
        named = [voice.person_id for voice in voices]
        # Who else was a member then is not kept, only how many; placeholders stand for those who are not named.
        absent = [f"absent {number}" for number in range(row.member_count - len(named))]
        try:
            demand_valid(
                members=[*named, *absent],
                in_favour=_who(voices, Stance.FOR),
                against=_who(voices, Stance.AGAINST),
                recused=_who(voices, Stance.RECUSED),
                interested=(),
            )
        except RuleBroken as broken:
            yield Fault("council", f"decision {row.id}", str(broken))
        if len(named) > row.member_count:
            yield Fault("council", f"decision {row.id}", "more people are named than there were members")
        if any(voice.place != row.place for voice in voices):
            yield Fault("council", f"decision {row.id}", "holds votes of another neighbourhood")


def _who(voices: list[DecisionVoice], stance: Stance) -> list[str]:
    return [voice.person_id for voice in voices if voice.stance == stance]


def _voices(look: Look, place: str | None) -> dict[UUID, list[DecisionVoice]]:
    """Return what members did, by decision, of one neighbourhood or of all."""
    rows = select(DecisionVoice)
    if place is not None:
        rows = rows.where(col(DecisionVoice.place) == place)
    found: dict[UUID, list[DecisionVoice]] = {}
    for voice in look.session.exec(rows).all():
        found.setdefault(voice.decision_id, []).append(voice)
    return found


def _views(look: Look, place: str, rows: Sequence[Decision]) -> list[DecisionView]:
    """Return decisions with their votes, names and subjects, in two reads for all of them."""
    voices = _voices(look, place)
    names = identity.names(look, {voice.person_id for row in rows for voice in voices.get(row.id, [])})
    about: dict[UUID, list[str]] = {}
    for part in look.session.exec(
        select(DecisionAbout).where(col(DecisionAbout.place) == place).order_by(col(DecisionAbout.about))
    ).all():
        about.setdefault(part.decision_id, []).append(part.about)
    return [
        DecisionView(
            id=row.id,
            kind=Kind(row.kind),
            title=row.title,
            motivation=row.motivation,
            decided_on=row.decided_on,
            article=row.article,
            recorded_at=row.recorded_at,
            member_count=row.member_count,
            voices=sorted(
                (
                    VoiceView(
                        person_id=voice.person_id, name=names.get(voice.person_id, ""), stance=Stance(voice.stance)
                    )
                    for voice in voices.get(row.id, [])
                ),
                key=lambda voice: (voice.name, voice.person_id),
            ),
            about=about.get(row.id, []),
        )
        for row in rows
    ]
