# SPDX-License-Identifier: EUPL-1.2
"""The words of a policy: who decides what and by which power, what a by-law can ask, and how people are spoken to."""

from enum import StrEnum


class Power(StrEnum):
    """How far a decision reaches."""

    BINDING = "binding"
    """It is carried out as decided."""
    ADVICE = "advice"
    """The municipality decides, and says why if it does otherwise."""


class Matter(StrEnum):
    """What somebody has the power to decide."""

    POLICY = "policy"
    """These rules."""
    FEASIBILITY = "feasibility"
    """Whether a plan can be carried out."""
    OUTCOME = "outcome"
    """Which plans get money after a vote."""
    CLAIMS = "claims"
    """Whether a receipt is paid."""


class Body(StrEnum):
    """Who decides."""

    COUNCIL = "council"
    """The neighbourhood council."""
    MUNICIPAL_COUNCIL = "municipal_council"
    """The council of the municipality."""
    EXECUTIVE = "executive"
    """The mayor and aldermen."""
    OFFICIALS = "officials"
    """Officials in the name of the executive."""


class Basis(StrEnum):
    """How a body came to decide about money of the municipality, where that power was given to it."""

    MANDATE = "mandate"
    """In the name of the executive, which stays responsible. Source: Awb art. 10:1 and 10:2."""
    DELEGATION = "delegation"
    """By a power that was handed over whole. Source: Awb art. 10:13."""


class Condition(StrEnum):
    """What a by-law can ask of a plan for money; the unit of its value ends its name."""

    VOUCHER_MAX_CENTS = "voucher_max_cents"
    """The most that one voucher holds."""
    APPLICANT_YEAR_MAX_CENTS = "applicant_year_max_cents"
    """The most that the plans of one person or organisation ask together in a year."""
    REPEAT_AFTER_YEARS = "repeat_after_years"
    """How many years pass before the same plan of the same applicant can have money again."""
    OWN_SHARE_PERCENT = "own_share_percent"
    """The part of all costs that the group brings itself, in money or in hours."""
    OWN_HOUR_CENTS = "own_hour_cents"
    """What an hour of the group's own counts for in its own share; without it hours count for nothing."""
    LEAD_DAYS = "lead_days"
    """How many days before it begins a plan is proposed."""
    LEGAL_PERSON_OVER_CENTS = "legal_person_over_cents"
    """Above this only a legal person can ask."""


class Right(StrEnum):
    """What a threshold of time can open; the vote on the budget is not among them, so no policy can put it there."""

    PROPOSE = "propose"
    """Make a plan."""
    SEAT = "seat"
    """Sit in the group of a plan: make it in the name of an organisation."""
    PROJECT_VOTE = "project_vote"
    """Vote inside a project."""
    REWARD = "reward"
    """Choose a reward."""


class Tone(StrEnum):
    """How a neighbourhood is spoken to, in languages that know two ways."""

    JE = "je"
    U = "u"
    """The polite form."""
