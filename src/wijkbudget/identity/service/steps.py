# SPDX-License-Identifier: EUPL-1.2
"""Adds, takes and resets the second step, without which roles that move money sleep."""

import base64
from uuid import UUID

from sqlalchemy import CursorResult, delete, func, update
from sqlmodel import col

from wijkbudget.identity import access
from wijkbudget.identity.events import StepAdded, StepReset, StepTaken
from wijkbudget.identity.logins import totp
from wijkbudget.identity.models import LoginSession, SecondStep
from wijkbudget.identity.queries.logins import actor, own_visit
from wijkbudget.identity.queries.register import is_resident, name_of
from wijkbudget.identity.queries.roles import held, places_held
from wijkbudget.identity.rules.factors import SECRET_BYTES, StepMissing, WrongStep, demand_can_add
from wijkbudget.identity.rules.logins import demand_may_hand
from wijkbudget.identity.rules.register import PersonNotFound
from wijkbudget.identity.rules.roles import NotForYourself
from wijkbudget.identity.schemas import PersonView, SessionView, ShowStep, StepSecret
from wijkbudget.identity.service.logins import begin_visit
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.keyring import NONCE_BYTES
from wijkbudget.trail.work import Work, verb

_PURPOSE = "second step"


@verb(access.EVERYBODY, municipal=True)
def add_step(work: Work, token: str) -> StepSecret:
    """Begin to add a second step, and return its secret, which is given once; it counts after the first right code.

    Raises NotLoggedIn, StepThere, StepNotNeeded or PaperNeeded.
    """
    visit = own_visit(work, token)
    row = work.session.get(SecondStep, visit.person_id)
    is_there = row is not None and row.shown_at is not None
    demand_can_add(actor(work, visit.person_id).roles, visit.way, is_there=is_there)
    secret = work.random(SECRET_BYTES)
    hidden = work.keys.conceal(_PURPOSE, secret, work.random(NONCE_BYTES), str(visit.person_id))
    work.session.exec(delete(SecondStep).where(col(SecondStep.person_id) == visit.person_id))
    work.session.add(SecondStep(person_id=visit.person_id, secret=hidden, made_at=work.now, last_step=0))
    work.record(StepAdded(place=None, subject=str(visit.person_id)))
    issuer = f"wijkbudget {neighbourhoods.municipality(work).name}"
    uri = totp.uri_of(secret, name_of(work, visit.person_id).name, issuer)
    return StepSecret(secret=base64.b32encode(secret).decode(), uri=uri)


@verb(access.EVERYBODY, municipal=True)
def take_step(work: Work, token: str, command: ShowStep) -> SessionView:
    """Show the code of this half minute, and go on with all your roles, under a new token.

    Raises NotLoggedIn, StepMissing or WrongStep; a code that counted never counts again. The caller counts each try
    before it is made, because six digits are few.
    """
    visit = own_visit(work, token)
    person_id, way = visit.person_id, visit.way
    row = work.session.get(SecondStep, person_id)
    if row is None:
        raise StepMissing(_("Add a second step first."))
    is_first = row.shown_at is None
    secret = work.keys.reveal(_PURPOSE, row.secret, str(person_id))
    shown = totp.step_of(secret, command.digits.replace(" ", ""), work.now)
    if shown is None or not _use(work, person_id, shown):
        raise WrongStep(_("This code is not right, or it was used before. Wait for the next code and try again."))
    work.session.exec(delete(LoginSession).where(col(LoginSession.hash) == visit.hash))
    work.record(StepTaken(place=None, subject=str(person_id), is_first=is_first))
    return begin_visit(work, person_id, way=way, is_verified=True)


@verb(access.PROVE)
def reset_step(work: Work, place: str, person_id: UUID) -> PersonView:
    """Take away the second step of somebody who showed who they are, so that they can add a new one; visits end.

    Raises NotForYourself, PersonNotFound, HasRole or StepMissing. It takes whoever could give the person's roles.
    """
    if work.actor.id == str(person_id):
        raise NotForYourself(_("You cannot take away your own second step. Ask another administrator."))
    person = name_of(work, person_id)
    if not held(work, place, person_id) and not is_resident(work, place, str(person_id), work.today):
        raise PersonNotFound(_("This person is not known here."))
    demand_may_hand(work.actor, places_held(work, person_id))
    row = work.session.get(SecondStep, person_id)
    if row is None:
        raise StepMissing(_("This person has no second step."))
    work.session.delete(row)
    work.session.exec(delete(LoginSession).where(col(LoginSession.person_id) == person_id))
    work.record(StepReset(place=place, subject=str(person_id)))
    return person


def _use(work: Work, person_id: UUID, step: int) -> bool:
    """Let a half minute count, if it comes after the last that did; return whether it does."""
    used = (
        update(SecondStep)
        .where(col(SecondStep.person_id) == person_id, col(SecondStep.last_step) < step)
        .values(last_step=step, shown_at=func.coalesce(col(SecondStep.shown_at), work.now))
    )
    result = work.session.connection().execute(used)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
