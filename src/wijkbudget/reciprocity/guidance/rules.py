# SPDX-License-Identifier: EUPL-1.2
"""With whom a guide can make a contract, when it holds, and when rewards ask for one.

Source: Futura case book, Hambaken (young people have written contracts, and a worker guides them); UAVG art. 5 (under
16 a parent agrees). Choice: only the year of birth is known. Where the law protects, somebody counts as the younger of
the two ages that they have in a year; elsewhere, as with voting, as the older.
"""

from datetime import date, timedelta
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules.earning import RewardsPolicy

YOUNG_AGE_MIN = 12
YOUNG_UNDER_AGE = 18
"""Who is young where the policy does not say."""
CONSENT_UNDER_AGE = 16
"""Source: UAVG art. 5 (the law of the Netherlands asks the consent of a parent under this age)."""
CONSENT_ARTICLE = "Uitvoeringswet AVG, art. 5"
DAYS_MAX = 366


class Consent(StrEnum):
    """What a parent says."""

    GIVEN = "given"
    REFUSED = "refused"


class GuidanceNotFound(NotFound):
    """There is no such contract with a young person here."""


class NoteNotFound(NotFound):
    """The contract has no such note."""


class NotYoung(RuleBroken):
    """A guide makes such a contract with residents of a certain age."""


class OwnHousehold(NotAllowed):
    """A guide makes no contract with somebody of their own household."""


class GuidanceThere(Conflict):
    """The young person has a contract, or one that waits for their signature."""


class Ended(WrongState):
    """The contract ended, and all that it said is gone."""


class TooLong(BadInput):
    """The last day comes too soon, or too late."""


class ConsentMissing(RuleBroken):
    """A parent has to agree first."""


class ContractMissing(RuleBroken):
    """The policy lets young people choose a reward only while they have a contract with a guide."""


def young_under_age(section: RewardsPolicy | None) -> int:
    """Return from which age on nobody makes such a contract any more."""
    return (section.contract_under_age if section else None) or YOUNG_UNDER_AGE


def demand_young(*, is_old_enough: bool, is_grown_up: bool, under_age: int) -> None:
    """Do nothing for somebody of the age for such a contract. Raises NotYoung."""
    if not is_old_enough or is_grown_up:
        text = _(
            "A guide makes this contract with residents from %(least)s to %(most)s years old.",
            least=YOUNG_AGE_MIN,
            most=under_age - 1,
        )
        raise NotYoung(text)


def demand_apart(*, same_household: bool) -> None:
    """Do nothing for people who do not live together. Raises OwnHousehold."""
    if same_household:
        raise OwnHousehold(_("This is somebody of your own household, so another guide must do this."))


def demand_span(until_on: date, today: date) -> None:
    """Do nothing for a last day within a year. Raises TooLong."""
    if not today < until_on <= today + timedelta(days=DAYS_MAX):
        text = _("Choose a last day after today, at most a year ahead.")
        raise TooLong(text, fields={"until_on": text})


def demand_going_on(ended_on: date | None) -> None:
    """Do nothing for a contract that did not end. Raises Ended."""
    if ended_on is not None:
        raise Ended(_("This contract ended, and what it said is gone."))


def demand_signable(*, is_signed: bool, is_over: bool, needs_consent: bool, has_consent: bool | None) -> None:
    """Do nothing if the young person can sign. Raises WrongState or ConsentMissing."""
    if is_signed or is_over:
        raise WrongState(_("This contract is signed already, or its last day has passed."))
    if needs_consent and has_consent is not True:
        text = _("You are under 16, so a parent has to agree first. Your guide writes that down.")
        raise ConsentMissing(text, article=CONSENT_ARTICLE)


def asks_contract(section: RewardsPolicy, *, is_grown_up: bool) -> bool:
    """Return whether somebody can choose a reward only while they have a contract with a guide."""
    return section.contract_under_age is not None and not is_grown_up


def demand_contract(section: RewardsPolicy, *, is_grown_up: bool, has_contract: bool) -> None:
    """Do nothing if somebody may choose a reward, by their age or their contract. Raises ContractMissing."""
    if asks_contract(section, is_grown_up=is_grown_up) and not has_contract:
        text = _(
            "Until you are %(age)s you choose a reward with a guide. Make a contract with one first.",
            age=section.contract_under_age,
        )
        raise ContractMissing(text, article=section.contract_article)
