# SPDX-License-Identifier: EUPL-1.2
"""What can happen to people, roles, logins and organisations; ids and counts only."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event

_PERSON: frozenset[str] = frozenset({"subject"})


@dataclass(frozen=True, kw_only=True)
class RegisterImported(Event):
    """A register file was taken over whole; the subject is the import."""

    sentence: ClassVar[Text] = _(
        "A register file was imported: %(new)s people new, %(changed)s changed, %(ended)s left, %(unchanged)s the same."
    )

    new: int
    changed: int
    ended: int
    unchanged: int
    is_full: bool


@dataclass(frozen=True, kw_only=True)
class LetterAsked(Event):
    """Somebody asked for a letter with a login code; whether one was sent is not told here either."""

    sentence: ClassVar[Text] = _("Somebody asked for a letter with a login code.")


@dataclass(frozen=True, kw_only=True)
class CodeSent(Event):
    """A login code went to somebody's registered address."""

    sentence: ClassVar[Text] = _("A letter with a login code was sent to a resident.")
    personal: ClassVar[frozenset[str]] = _PERSON


@dataclass(frozen=True, kw_only=True)
class ProvedAtDesk(Event):
    """Somebody showed at the desk who they are, and got a login code in hand."""

    sentence: ClassVar[Text] = _("Somebody proved at the desk who they are and got a login code.")
    personal: ClassVar[frozenset[str]] = _PERSON


@dataclass(frozen=True, kw_only=True)
class LoggedIn(Event):
    """A visit began with a code."""

    sentence: ClassVar[Text] = _("Somebody logged in.")
    personal: ClassVar[frozenset[str]] = _PERSON

    is_first: bool
    """Whether this use of the code proved who they are."""


@dataclass(frozen=True, kw_only=True)
class MailAsked(Event):
    """Somebody asked for an e-mail with a code; to which address is told nowhere."""

    sentence: ClassVar[Text] = _("Somebody asked for an e-mail with a code.")


@dataclass(frozen=True, kw_only=True)
class AddressLinked(Event):
    """An e-mail address opens somebody's account from now on."""

    sentence: ClassVar[Text] = _("Somebody can log in by e-mail from now on.")
    personal: ClassVar[frozenset[str]] = _PERSON


@dataclass(frozen=True, kw_only=True)
class AddressUnlinked(Event):
    """No e-mail address opens somebody's account any more."""

    sentence: ClassVar[Text] = _("Somebody can no longer log in by e-mail.")
    personal: ClassVar[frozenset[str]] = _PERSON


@dataclass(frozen=True, kw_only=True)
class GuestMatched(Event):
    """A guest proved with a code who they are; what opened the guest's account opens theirs from now on."""

    sentence: ClassVar[Text] = _("A guest proved who they are.")
    personal: ClassVar[frozenset[str]] = _PERSON


@dataclass(frozen=True, kw_only=True)
class StepAdded(Event):
    """Somebody began to add a second step; it counts after the first right code."""

    sentence: ClassVar[Text] = _("Somebody began to add a second step for logging in.")
    personal: ClassVar[frozenset[str]] = _PERSON


@dataclass(frozen=True, kw_only=True)
class StepTaken(Event):
    """Somebody took the second step; their roles count in the rest of the visit."""

    sentence: ClassVar[Text] = _("Somebody took the second step for logging in.")
    personal: ClassVar[frozenset[str]] = _PERSON

    is_first: bool
    """Whether this made the second step count."""


@dataclass(frozen=True, kw_only=True)
class StepReset(Event):
    """Somebody's second step was taken away at the desk, so that they can add a new one."""

    sentence: ClassVar[Text] = _("The second step of somebody was taken away at the desk.")
    personal: ClassVar[frozenset[str]] = _PERSON


@dataclass(frozen=True, kw_only=True)
class PersonAdded(Event):
    """Somebody who is not on the register was added by name."""

    sentence: ClassVar[Text] = _("Somebody who does not live here was added.")
    personal: ClassVar[frozenset[str]] = _PERSON


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """Somebody was given a role."""

    sentence: ClassVar[Text] = _("Somebody was given the role %(role)s.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str
    role: str
    until: str | None


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    """A role of somebody ended."""

    sentence: ClassVar[Text] = _("The role %(role)s of somebody ended.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str
    role: str


@dataclass(frozen=True, kw_only=True)
class OrganisationStarted(Event):
    """An organisation was started by its first member."""

    sentence: ClassVar[Text] = _("An organisation was started.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str
    legal_form: str


@dataclass(frozen=True, kw_only=True)
class MembershipAsked(Event):
    """Somebody asked to join an organisation."""

    sentence: ClassVar[Text] = _("Somebody asked to join an organisation.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str


@dataclass(frozen=True, kw_only=True)
class MemberAdmitted(Event):
    """A member let somebody in."""

    sentence: ClassVar[Text] = _("An organisation let in a new member.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A member left, or whoever asked to join thought better of it."""

    sentence: ClassVar[Text] = _("Somebody left an organisation.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str
