# SPDX-License-Identifier: EUPL-1.2
"""Exempts residents from giving time."""

from uuid import UUID

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import access, queries
from wijkbudget.reciprocity.events import PersonExempted
from wijkbudget.reciprocity.models import Exemption
from wijkbudget.reciprocity.rules import entries as rules
from wijkbudget.reciprocity.rules.entries import PersonNotHere
from wijkbudget.reciprocity.schemas import ExemptionView, GrantExemption
from wijkbudget.trail.work import Work, verb


@verb(access.EXEMPT)
def exempt(work: Work, place: str, command: GrantExemption) -> ExemptionView:
    """Exempt a resident until a day, without keeping why. Raises PersonNotHere, OwnExemption or ExemptionTooLong."""
    person_id = str(command.person_id)
    if not identity.is_resident(work, place, person_id, work.today):
        raise PersonNotHere(_("This person does not live in this neighbourhood."))
    rules.demand_exemption(
        actor_id=work.actor.id,
        person_id=person_id,
        is_same_household=identity.same_household(work, person_id, work.actor.id),
        until_on=command.until_on,
        today=work.today,
    )
    exemption = Exemption(
        id=work.new_id(),
        place=place,
        person_id=command.person_id,
        granted_by=UUID(work.actor.id),
        granted_on=work.today,
        until_on=command.until_on,
    )
    work.session.add(exemption)
    work.record(
        PersonExempted(
            place=place, subject=str(exemption.id), person_id=person_id, until_on=command.until_on.isoformat()
        )
    )
    work.session.flush()
    return next(view for view in queries.exemptions(work, place) if view.id == exemption.id)
