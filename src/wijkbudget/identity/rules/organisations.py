# SPDX-License-Identifier: EUPL-1.2
"""What an organisation is: a legal person or a loose group, always with named members."""

from collections.abc import Collection
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.text import Text, _


class LegalForm(StrEnum):
    """What an organisation is to the law."""

    GROUP = "group"
    """A loose group of residents; its members answer for it themselves."""
    ASSOCIATION = "association"
    """A *vereniging*."""
    FOUNDATION = "foundation"
    """A *stichting*."""
    COOPERATIVE = "cooperative"
    """A *coöperatie*."""


_FORM_NAMES = {
    LegalForm.GROUP: _("group of residents"),
    LegalForm.ASSOCIATION: _("association"),
    LegalForm.FOUNDATION: _("foundation"),
    LegalForm.COOPERATIVE: _("cooperative"),
}


class OrganisationNotFound(NotFound):
    """No organisation with this id in this neighbourhood."""


class NameTaken(Conflict):
    """Another organisation of the neighbourhood has this name."""


class AlreadyMember(Conflict):
    """The person is a member already, or asked to be one."""


class NotMember(NotAllowed):
    """Only members may do this."""


class NotAsked(NotFound):
    """Nobody with this id asked to join."""


class LastMember(RuleBroken):
    """An organisation keeps at least one named member."""


class NumberMissing(BadInput):
    """A legal person gives its number in the trade register; a loose group has none."""


def form_name(form: LegalForm) -> Text:
    """Return what people call a legal form."""
    return _FORM_NAMES[form]


def demand_number(form: LegalForm, registration_number: str | None) -> None:
    """Do nothing if a number in the trade register fits the legal form. Raises NumberMissing.

    Source: Handelsregisterwet 2007 art. 6 (legal persons are registered).
    """
    if (form is LegalForm.GROUP) == (registration_number is None):
        return
    sentence = (
        _("A group of residents has no number in the trade register.")
        if form is LegalForm.GROUP
        else _("Give the number in the trade register (eight digits).")
    )
    raise NumberMissing(sentence, fields={"registration_number": sentence})


def demand_member(person_id: str, members: Collection[str]) -> None:
    """Do nothing if somebody is a member. Raises NotMember."""
    if person_id not in members:
        raise NotMember(_("Only members of this organisation may do this."))


def demand_others(person_id: str, members: Collection[str]) -> None:
    """Do nothing if somebody else stays when this member leaves. Raises NotMember or LastMember."""
    demand_member(person_id, members)
    if len(members) == 1:
        raise LastMember(_("You are the last member. Let somebody else join first."))
