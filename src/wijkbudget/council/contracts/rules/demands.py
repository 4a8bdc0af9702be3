# SPDX-License-Identifier: EUPL-1.2
"""What parties of a neighbourhood can promise each other, who says what became of it, and what is refused."""

from datetime import date

from wijkbudget.council.contracts.rules.keeping import Answer, Counted, may_leave
from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _

PARTIES_MIN = 2
QUARTER_MINUTES = 15


class ContractNotFound(NotFound):
    """The neighbourhood has no such contract."""


class PartyNotFound(NotFound):
    """The contract has no such party."""


class PromiseNotFound(NotFound):
    """No contract of the neighbourhood has such a promise."""


class HoursNotFound(NotFound):
    """No such hours were logged for a promise here."""


class ContractThere(Conflict):
    """The neighbourhood has a contract for this year."""


class WrongYear(BadInput):
    """A contract is for this year or the next."""


class WrongDay(BadInput):
    """A day that does not belong to the contract, or has not come."""


class HoursOrMoney(BadInput):
    """A promise is of hours or of money, in whole quarters."""


class PartyUnnamed(BadInput):
    """It is not said which organisation takes part, or said twice."""


class PartyThere(Conflict):
    """The party takes part already."""


class NothingOpen(WrongState):
    """No text is open in which something could change."""


class TooLittle(RuleBroken):
    """There is nothing yet that parties could agree to."""


class OtherEdition(Conflict):
    """The text changed since it was read."""


class AgreedBefore(Conflict):
    """The party agreed to this text before."""


class AnotherParty(NotAllowed):
    """Nobody says of their own promise that it was kept: another party does."""


class TooLateToDrop(RuleBroken):
    """The day of a promise has passed, or it is told what became of it."""


class ReasonMissing(BadInput):
    """Who says that it is not so says why."""


class NotReviewed(RuleBroken):
    """The parties never looked together at how far they are."""


class YearNotOver(RuleBroken):
    """The year of the contract is not over, and not everything is settled."""


def demand_leaving(promise: Counted, today: date) -> None:
    """Do nothing if a promise can leave the text. Raises TooLateToDrop."""
    if not may_leave(promise, today):
        raise TooLateToDrop(_("The day of this promise has passed, or it is told what became of it, so it stays."))


def demand_year(year: int, today: date) -> None:
    """Do nothing for this year and the next. Raises WrongYear."""
    if year not in {today.year, today.year + 1}:
        text = _("A contract is for this year or the next one.")
        raise WrongYear(text, fields={"year": text})


def demand_in_year(name: str, day: date | None, year: int) -> None:
    """Do nothing if a day is in the year of the contract, or not given. Raises WrongDay."""
    if day is not None and day.year != year:
        text = _("Choose a day in the year of the contract.")
        raise WrongDay(text, fields={name: text})


def demand_passed(name: str, day: date, today: date) -> None:
    """Do nothing if a day has come. Raises WrongDay."""
    if day > today:
        text = _("This day has not come yet.")
        raise WrongDay(text, fields={name: text})


def demand_measure(promised_minutes: int | None, promised_cents: int | None) -> None:
    """Do nothing for hours, for money, or for neither. Raises HoursOrMoney."""
    if promised_minutes is not None and promised_cents is not None:
        text = _("Promise hours or money. Make two promises of it if it is both.")
        raise HoursOrMoney(text, fields={"promised_cents": text})
    if promised_minutes is not None:
        demand_quarters("promised_minutes", promised_minutes)


def demand_quarters(name: str, minutes: int) -> None:
    """Do nothing for whole quarters of an hour. Raises HoursOrMoney."""
    if minutes % QUARTER_MINUTES:
        text = _("Write whole quarters of an hour.")
        raise HoursOrMoney(text, fields={name: text})


def demand_named(*, has_organisation: bool, has_name: bool) -> None:
    """Do nothing if a party is an organisation of the list or has a name of its own. Raises PartyUnnamed."""
    if has_organisation == has_name:
        text = _("Choose an organisation, or write the name of one that is not on the list.")
        raise PartyUnnamed(text, fields={"name": text})


def demand_agreeable(party_count: int, promise_count: int) -> None:
    """Do nothing if there is something to agree to, and somebody to agree with. Raises TooLittle."""
    if party_count < PARTIES_MIN or not promise_count:
        raise TooLittle(_("There is nothing to agree to yet: write down what a party promises."))


def demand_other_party(*, acts_for_it: bool, told_it: bool, is_here: bool) -> None:
    """Do nothing if whoever answers has no part in a promise and acts for a party with an account.

    Choice: an official writes down what a party on paper promised and did, and never answers in its name.
    Raises AnotherParty.
    """
    if acts_for_it or told_it or not is_here:
        raise AnotherParty(_("Somebody of another party must say this: one that did not make this promise."))


def demand_reason(answer: Answer, reason: str | None) -> None:
    """Do nothing if whoever differs says why. Raises ReasonMissing."""
    if answer is Answer.DIFFERS and not reason:
        text = _("Say what is different.")
        raise ReasonMissing(text, fields={"reason": text})


def demand_closable(year: int, today: date, *, all_settled: bool, review_count: int) -> None:
    """Do nothing if a contract can be closed. Raises YearNotOver or NotReviewed."""
    if today.year <= year and not all_settled:
        raise YearNotOver(_("The year is not over, and not every promise is settled. Close the contract later."))
    if not review_count:
        raise NotReviewed(_("Look together at how far you are first, and write down what you found."))
