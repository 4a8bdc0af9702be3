# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a plan."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class InitiativeProposed(Event):
    """Somebody proposed a plan; the subject is the plan."""

    sentence: ClassVar[Text] = _("A plan for %(asked_cents)s was proposed.")

    year: int
    theme: str
    asked_cents: int
    support_min: int


@dataclass(frozen=True, kw_only=True)
class InitiativeSupported(Event):
    """One more neighbour supports a plan; the subject is the plan."""

    sentence: ClassVar[Text] = _("A plan has the support of %(support_count)s neighbours.")

    support_count: int
    is_enough: bool


@dataclass(frozen=True, kw_only=True)
class InitiativeWithdrawn(Event):
    """The initiators took their plan back; the subject is the plan."""

    sentence: ClassVar[Text] = _("A plan was withdrawn by its initiators.")


@dataclass(frozen=True, kw_only=True)
class InitiativeStopped(Event):
    """A plan that won or moved up stopped; what was left went to the reserve list; the subject is the plan."""

    sentence: ClassVar[Text] = _(
        "A chosen plan stopped: %(freed_cents)s was free again, and %(promoted_cents)s of it went to the next"
        " on the reserve list."
    )

    round_id: str
    stopped_by: str
    decision_id: str | None
    """Where the council stopped it."""
    kept_cents: int
    """What it had spent."""
    freed_cents: int
    promoted_ids: list[str]
    promoted_cents: int


@dataclass(frozen=True, kw_only=True)
class InitiativeAssessed(Event):
    """An official said whether a plan can be done; the subject is the plan."""

    sentence: ClassVar[Text] = _("An official assessed a plan.")

    verdict: str


@dataclass(frozen=True, kw_only=True)
class InitiativesPutOnBallot(Event):
    """Every plan that waited became an option; the subject is the round."""

    sentence: ClassVar[Text] = _("The plans of %(year)s were put on the ballot.")

    year: int
    initiative_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class OutcomeAdvised(Event):
    """The council advised to carry the outcome of a round out; the subject is the round."""

    sentence: ClassVar[Text] = _("The council gave advice about the outcome of a vote.")

    decision_id: str
    advised_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class AdviceDecided(Event):
    """An official decided about the outcome after the advice of the council; the subject is the round."""

    sentence: ClassVar[Text] = _("The municipality decided about the outcome of a vote, after advice of the council.")

    refused_ids: list[str]
    """What won and gets no money, each with its reason in its decision."""


@dataclass(frozen=True, kw_only=True)
class OutcomeAdopted(Event):
    """The outcome of a round was adopted, and its money was granted; the subject is the round."""

    sentence: ClassVar[Text] = _("The outcome of a vote was adopted: %(granted_cents)s was granted.")

    decision_id: str
    granted_ids: list[str]
    not_chosen_ids: list[str]
    granted_cents: int
