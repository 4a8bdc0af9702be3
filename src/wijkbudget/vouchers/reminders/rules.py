# SPDX-License-Identifier: EUPL-1.2
"""When a group is late with its account, how long it gets after a letter, and when it is settled without one.

Source: Awb art. 4:44 lid 3 (who did not ask for a settlement in time can be given a term), 4:44 lid 4 and 4:47 sub b
(after that term the subsidy can be settled of the body's own accord).
"""

from datetime import date, timedelta

from wijkbudget.kit.errors import BadInput, RuleBroken
from wijkbudget.kit.period import days_after
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _

ERRAND = "account reminder"
"""The kind of errand in which the letters of a reminder wait, one for each of the group."""

TERM_DAYS_MIN = 14
"""Choice: a group that is asked by letter has at least two weeks."""

LAW = "Algemene wet bestuursrecht, art. 4:44"


class NothingToAccount(WrongState):
    """The voucher did not end without an account, or nothing was paid on it."""


class NotLate(RuleBroken):
    """The group still has time to account for its money, and needs no letter."""


class TermTooShort(BadInput):
    """The term is too short, or not longer than the one that was given before."""


class NotReminded(WrongState):
    """Nobody asked the group by letter to account for its money."""


class TermRuns(RuleBroken):
    """The group can still account for its money itself."""


def due_on(ended_on: date, within_days: int) -> date:
    """Return the last day on which a group accounts for its money in time.

    Source: Awb art. 4:44 lid 2. Choice: a plan whose group does not say when it was finished, was so when its voucher
    ended.
    """
    return days_after(ended_on, within_days)


def demand_late(due: date | None, today: date, article: str) -> None:
    """Do nothing if a group is late with its account. Raises NothingToAccount or NotLate."""
    if due is None:
        raise NothingToAccount(_("There is nothing to account for on this voucher now."))
    if today <= due:
        sentence = _("The group has until and including %(due)s to account for its money.", due=due)
        raise NotLate(sentence, article=article)


def demand_term(until: date, today: date, before: date | None) -> None:
    """Do nothing if a term is long enough, and longer than the one before. Raises TermTooShort.

    Source: Awb art. 4:44 lid 3.
    """
    first = days_after(today, TERM_DAYS_MIN)
    if before and before >= first:
        first = before + timedelta(days=1)
    if until < first:
        sentence = _("Give the group time: choose %(first)s or a later day.", first=first)
        raise TermTooShort(sentence, fields={"until": sentence})


def demand_term_over(until: date | None, today: date) -> None:
    """Do nothing if a group let the term of its letter pass. Raises NotReminded or TermRuns. Source: Awb art. 4:44."""
    if until is None:
        raise NotReminded(_("This group did not account for its money. First ask it to by letter, with a last day."))
    if today <= until:
        sentence = _("The group can account for its money itself until and including %(until)s.", until=until)
        raise TermRuns(sentence, article=LAW)
