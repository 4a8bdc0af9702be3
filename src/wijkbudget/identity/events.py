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

    sentence: ClassVar[Text] = _("Somebody showed at the desk who they are and got a login code.")
    personal: ClassVar[frozenset[str]] = _PERSON


@dataclass(frozen=True, kw_only=True)
class LoggedIn(Event):
    """A visit began with a code."""

    sentence: ClassVar[Text] = _("Somebody logged in.")
    personal: ClassVar[frozenset[str]] = _PERSON

    is_first: bool
    """Whether this use of the code proved who they are."""


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
