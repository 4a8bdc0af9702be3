# SPDX-License-Identifier: EUPL-1.2
"""Of what legal character an answer to a bid is, and so whether somebody can object to it.

Source: Algemene wet bestuursrecht, art. 1:3, 4:21 and 8:3 lid 2.
"""

from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import ChallengesPolicy
from wijkbudget.vouchers.grants.rules import objection_until


class LegalCharacter(StrEnum):
    """What an answer to a bid is in law."""

    SUBSIDY = "subsidy"
    """A decision about a subsidy. Source: Awb art. 4:21 and 4:29."""
    PRIVATE_LAW = "private_law"
    """The preparation of an agreement of private law. Source: Awb art. 8:3 lid 2 and 7:1: nobody can object to it."""
    OTHER = "other"
    """Neither of these.

    Choice: the municipality says so only where it is sure that nobody can object.
    """


class CharacterMissing(BadInput):
    """Nobody said of what legal character a decision is."""


def character_of(chosen: LegalCharacter | None, policy: ChallengesPolicy | None) -> LegalCharacter:
    """Return of what legal character a decision is: as was chosen, else as the policy says. Raises CharacterMissing."""
    if chosen is not None:
        return chosen
    if policy is None or policy.legal_character is None:
        sentence = _("Choose what this decision is in law.")
        raise CharacterMissing(sentence, fields={"legal_character": sentence})
    return LegalCharacter(policy.legal_character)


def objectable_until(character: LegalCharacter, known_on: date | None, *, is_revised: bool = False) -> date | None:
    """Return the last day on which somebody can object to a decision that was made known, if anybody can.

    Source: Awb art. 6:7, 6:8 lid 1, 7:1 and 8:3 lid 2; 7:11 and 8:1 for one that was revised after an objection: to
    that nobody objects once more, it goes to the court. Choice: only a decision about a subsidy has this term.
    """
    can_object = character is LegalCharacter.SUBSIDY and not is_revised
    return objection_until(known_on) if known_on and can_object else None
