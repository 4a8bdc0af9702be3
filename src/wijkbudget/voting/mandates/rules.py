# SPDX-License-Identifier: EUPL-1.2
"""Decides who can vote for whom by mandate.

Choice: who gives a mandate hands over the own voting code, and nothing of it stands on a ballot; so a vote by mandate
is as secret as any other, and what is recorded is only that it was agreed.
"""

from collections.abc import Mapping

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import _


class NoMandates(RuleBroken):
    """The rules of the neighbourhood know no votes by mandate."""


class OwnMandate(RuleBroken):
    """Nobody votes for themselves by mandate."""


class MandateTaken(RuleBroken):
    """Somebody gave a mandate already."""


class MandatePassedOn(RuleBroken):
    """A mandate stops at the first who holds it."""


class TooManyMandates(RuleBroken):
    """Somebody votes for as many others as the rules allow."""


class NoMandateGiven(RuleBroken):
    """There is no mandate to take back."""


def seat(giver: str, proxy: str, given: Mapping[str, tuple[str, int]], most: int | None) -> int:
    """Return which of the proxy's mandates this one is: the lowest number that is free.

    `given` is who votes for whom in the round, with that number. Raises NoMandates, OwnMandate, MandateTaken,
    MandatePassedOn or TooManyMandates.
    Source: Kieswet art. L 4 (a voter accepts at most two mandates), for how many a council may allow.
    Choice: whoever gave a mandate holds none, and the other way round, so that no codes pile up with one person.
    """
    if most is None:
        raise NoMandates(_("The rules of this neighbourhood know no votes by mandate."))
    if giver == proxy:
        raise OwnMandate(_("Somebody votes for another by mandate, not for themselves."))
    if giver in given:
        raise MandateTaken(_("This person gave a mandate already."))
    proxies = {holder for holder, _number in given.values()}
    if proxy in given or giver in proxies:
        raise MandatePassedOn(_("Whoever votes for another cannot give a mandate, and the other way round."))
    taken = {number for holder, number in given.values() if holder == proxy}
    free = [number for number in range(1, most + 1) if number not in taken]
    if not free:
        raise TooManyMandates(_("This person votes for %(most)s others already, and may not for more.", most=most))
    return free[0]
