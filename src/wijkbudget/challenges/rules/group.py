# SPDX-License-Identifier: EUPL-1.2
"""Who stands behind a bid: who may, who joined of their own will, and who has an interest in it."""

from collections.abc import Collection
from enum import StrEnum

from wijkbudget.kit.errors import Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

GROUP_MAX = 50
"""Choice: enough for a street; a larger group starts an organisation."""


class Consent(StrEnum):
    """What somebody answered to an invitation."""

    INVITED = "invited"
    """The invitation is open; nobody has used its link."""
    ACCEPTED = "accepted"
    """Somebody stands behind the bid."""
    DECLINED = "declined"
    """Somebody said no; it is not kept who."""
    CANCELLED = "cancelled"
    """The group took the invitation back."""
    LEFT = "left"
    """Somebody joined and left again before the bid was sent in."""


class NotArranged(RuleBroken):
    """The municipality has no rules for challenges here."""


class OnlyOrganisations(RuleBroken):
    """The policy lets only organisations challenge."""


class NotOfThisOrganisation(NotAllowed):
    """Only members stand behind a bid in the name of an organisation."""


class GroupTooSmall(RuleBroken):
    """Too few people stand behind the bid."""


class GroupFull(RuleBroken):
    """There are enough invitations."""


class InvitationNotFound(NotFound):
    """The link is not that of an open invitation."""


class JoinedBefore(Conflict):
    """Everybody stands behind a bid once."""


class LastOfGroup(RuleBroken):
    """The last one does not leave a bid behind."""


def demand_arranged(policy: ChallengesPolicy | None) -> ChallengesPolicy:
    """Return the rules for challenges. Raises NotArranged.

    Source: Gemeentewet art. 150: the municipality arranges this in a by-law.
    """
    if policy is None:
        raise NotArranged(_("The municipality has no rules yet for taking over tasks in this neighbourhood."))
    return policy


def demand_challenger(policy: ChallengesPolicy, *, has_organisation: bool) -> None:
    """Do nothing if a bid like this may be made. Raises OnlyOrganisations."""
    if policy.challengers == "organisations" and not has_organisation:
        raise OnlyOrganisations(_("Here only an organisation can take over a task."), article=policy.article)


def demand_member(person_id: str, members: Collection[str] | None) -> None:
    """Do nothing if somebody is a member of the organisation of a bid, if it has one. Raises NotOfThisOrganisation."""
    if members is not None and person_id not in members:
        raise NotOfThisOrganisation(_("Only members of this organisation can stand behind this bid."))


def demand_enough(policy: ChallengesPolicy, count: int) -> None:
    """Do nothing if enough people stand behind a bid. Raises GroupTooSmall."""
    if count < policy.group_min:
        raise GroupTooSmall(
            _(
                "At least %(least)s people stand behind a bid. You have %(count)s now.",
                least=policy.group_min,
                count=count,
            ),
            article=policy.article,
        )


def demand_room(count: int) -> None:
    """Do nothing if one more person can be invited. Raises GroupFull."""
    if count >= GROUP_MAX:
        raise GroupFull(_("You can invite at most %(most)s people.", most=GROUP_MAX))


def demand_new(person_id: str, members: Collection[str]) -> None:
    """Do nothing if somebody does not stand behind a bid yet. Raises JoinedBefore."""
    if person_id in members:
        raise JoinedBefore(_("You stand behind this bid already."))


def demand_others(members: Collection[str]) -> None:
    """Do nothing if others stay when one leaves. Raises LastOfGroup."""
    if len(members) <= 1:
        raise LastOfGroup(_("You are the last one. Take the bid back instead."))
