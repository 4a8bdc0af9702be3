# SPDX-License-Identifier: EUPL-1.2
"""Which decisions there are about money for a plan, on which grounds, and what follows from making one known.

Source: Algemene wet bestuursrecht, title 4.2 (subsidies), chapter 6 (objection) and art. 3:40 to 3:47.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from wijkbudget.kit.errors import BadInput, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.terms import OBJECTION, Term, Unit
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import Basis, Body

ERRAND = "grant decision"
"""The kind of errand in which the letters of a decision wait, one for each whom it is for."""

PAYMENT = Term(6, Unit.WEEKS)
"""Source: Awb art. 4:87 lid 1 (who owes money pays within six weeks after the decision was made known)."""

CHANGE_YEARS = 5
"""Source: Awb art. 4:49 lid 3 and 4:57 lid 4 (five years after a settlement was made known nothing can be changed)."""


class DecisionKind(StrEnum):
    """What is decided about money for a plan."""

    GRANT = "grant"
    """The plan gets money. Source: Awb art. 4:29."""
    INCREASE = "increase"
    """The plan gets more money: a grant of its own, on the same voucher. Source: Awb art. 4:29 and 4:31."""
    REFUSAL = "refusal"
    """The plan gets no money. Source: Awb art. 4:25 lid 2 and 4:35."""
    SETTLEMENT = "settlement"
    """What the money is in the end. Source: Awb art. 4:42."""
    WITHDRAWAL = "withdrawal"
    """Before it was settled the money stops. Source: Awb art. 4:48."""
    CHANGE = "change"
    """After it was settled the money becomes less. Source: Awb art. 4:49."""


class Ground(StrEnum):
    """Why a plan gets no money, or less than was granted; the law knows no others."""

    CEILING = "ceiling"
    """The money was divided over other plans."""
    NOT_FEASIBLE = "not_feasible"
    """The plan cannot be done like this."""
    ADVICE_NOT_FOLLOWED = "advice_not_followed"
    """The plan won, and whoever decides says why it gets no money all the same."""
    NOT_DONE = "not_done"
    """What the money is for was not done, or not all of it."""
    DUTIES_NOT_MET = "duties_not_met"
    """The group did not do what goes with the money."""
    WRONG_FACTS = "wrong_facts"
    """What the group told was wrong or not complete, and the right facts would have led to another decision."""
    WRONG_GRANT = "wrong_grant"
    """The grant was wrong, and the group knew or should have known."""
    OWN_REQUEST = "own_request"
    """The group asked for it."""
    NEW_FACTS = "new_facts"
    """Facts that could not be known at the settlement."""
    WRONG_SETTLEMENT = "wrong_settlement"
    """The settlement was wrong, and the group knew or should have known."""
    LATER_DUTIES = "later_duties"
    """The group did not do what it had to do after the settlement."""


_LAW = "Algemene wet bestuursrecht, art. "

GROUNDS: Mapping[DecisionKind, Mapping[Ground, str]] = {
    DecisionKind.GRANT: {},
    DecisionKind.INCREASE: {},
    DecisionKind.REFUSAL: {
        Ground.CEILING: f"{_LAW}4:25 lid 2",
        Ground.NOT_FEASIBLE: f"{_LAW}4:35",
        Ground.ADVICE_NOT_FOLLOWED: f"{_LAW}3:50",
    },
    DecisionKind.SETTLEMENT: {
        Ground.NOT_DONE: f"{_LAW}4:46 lid 2 sub a",
        Ground.DUTIES_NOT_MET: f"{_LAW}4:46 lid 2 sub b",
        Ground.WRONG_FACTS: f"{_LAW}4:46 lid 2 sub c",
        Ground.WRONG_GRANT: f"{_LAW}4:46 lid 2 sub d",
    },
    DecisionKind.WITHDRAWAL: {
        Ground.NOT_DONE: f"{_LAW}4:48 lid 1 sub a",
        Ground.DUTIES_NOT_MET: f"{_LAW}4:48 lid 1 sub b",
        Ground.WRONG_FACTS: f"{_LAW}4:48 lid 1 sub c",
        Ground.WRONG_GRANT: f"{_LAW}4:48 lid 1 sub d",
        Ground.OWN_REQUEST: f"{_LAW}4:48",
    },
    DecisionKind.CHANGE: {
        Ground.NEW_FACTS: f"{_LAW}4:49 lid 1 sub a",
        Ground.WRONG_SETTLEMENT: f"{_LAW}4:49 lid 1 sub b",
        Ground.LATER_DUTIES: f"{_LAW}4:49 lid 1 sub c",
    },
}
"""The grounds of each kind of decision, with the article that names them."""

_WITHOUT_GROUND: Mapping[DecisionKind, str] = {
    DecisionKind.GRANT: f"{_LAW}4:29",
    DecisionKind.INCREASE: f"{_LAW}4:29",
    DecisionKind.SETTLEMENT: f"{_LAW}4:46 lid 1",
}
"""What needs no ground: a grant, more money, and a settlement as it was granted."""


class Way(StrEnum):
    """How a decision was made known. Source: Awb art. 3:41 lid 1 (by sending it or handing it over)."""

    SENT = "sent"
    """By post."""
    HANDED_OVER = "handed_over"
    """At the desk, or at the door."""
    COLLECTED = "collected"
    """Somebody of the group took it on the page of their money.

    Choice: who logs in and takes it there was handed it over; nobody is bound to take it, so it is sent as well.
    """


class Heard(NamedTuple):
    """On which day a group could tell its side before its money became less, and what it said."""

    on: date
    note: str


class Why(NamedTuple):
    """On which ground something is decided, why in words, and how the group was heard where it must be."""

    ground: Ground
    motivation: str
    heard: Heard | None = None


class GrantDecisionNotFound(NotFound):
    """No decision about money with this id in this neighbourhood."""


class GroundMissing(BadInput):
    """The law does not know this ground for such a decision."""


class NotMadeKnown(RuleBroken):
    """The grant was not made known yet, so nothing can be asked or paid."""


class KnownBefore(WrongState):
    """The decision was made known before."""


class KnownTooEarly(BadInput):
    """A decision is made known after it was taken, and not on a day to come."""


class HeardTooLate(BadInput):
    """A group is heard before the decision, not after it."""


class TooLongAgo(RuleBroken):
    """The settlement was made known more than five years ago."""


def article_of(kind: DecisionKind, ground: Ground | None, *, is_unasked: bool = False) -> str:
    """Return the article that a decision rests on, with the one by which it comes unasked. Raises GroundMissing."""
    found = GROUNDS[kind].get(ground) if ground else _WITHOUT_GROUND.get(kind)
    if found is None:
        sentence = _("Choose why. The law knows no other reasons.")
        raise GroundMissing(sentence, fields={"ground": sentence})
    return f"{found} en 4:47 sub b" if is_unasked else found


def objection_until(known_on: date) -> date:
    """Return the last day on which somebody can object to a decision. Source: Awb art. 6:7 and 6:8 lid 1."""
    return OBJECTION.end(known_on)


def pay_until(known_on: date) -> date:
    """Return the last day on which what is owed can be paid without being late. Source: Awb art. 4:87 lid 1."""
    return PAYMENT.end(known_on)


def objection_to(body: Body, basis: Basis | None) -> Body:
    """Return to whom somebody objects.

    Source: Awb art. 6:4 lid 1 (to the body that decided) and 10:2 (a decision by mandate is one of who gave it).
    Choice: where the policy says of a council only that it decides, it does so in the name of the executive.
    """
    if body is Body.MUNICIPAL_COUNCIL or (body is Body.COUNCIL and basis is Basis.DELEGATION):
        return body
    return Body.EXECUTIVE


def asks_hearing(kind: DecisionKind, ground: Ground | None) -> bool:
    """Return whether a group must be heard before a decision: where its money becomes less, and it did not ask for it.

    Source: Awb art. 4:8 (who did not ask for a decision and will not like it is heard first) and 4:12 lid 2 (also where
    it is about money, when a subsidy is settled for less, withdrawn or changed).
    """
    return (kind is DecisionKind.SETTLEMENT and ground is not None) or (
        kind in {DecisionKind.WITHDRAWAL, DecisionKind.CHANGE} and ground is not Ground.OWN_REQUEST
    )


def demand_heard_before(heard_on: date, decided_on: date) -> None:
    """Do nothing if a group was heard before the decision, or on its day. Raises HeardTooLate."""
    if heard_on > decided_on:
        sentence = _("The group tells its side before the decision. Choose a day on or before %(day)s.", day=decided_on)
        raise HeardTooLate(sentence, fields={"heard_on": sentence})


def demand_known(known_on: date | None) -> None:
    """Do nothing if a grant was made known. Raises NotMadeKnown. Source: Awb art. 3:40; invariant VC9."""
    if known_on is None:
        raise NotMadeKnown(
            _("Take your decision about the money first: it stands on the page of your voucher. Then you can ask."),
            article=f"{_LAW}3:40",
        )


def demand_unknown(known_on: date | None) -> None:
    """Do nothing if a decision was not made known yet. Raises KnownBefore."""
    if known_on is not None:
        raise KnownBefore(_("This decision was made known before."))


def demand_known_day(known_on: date, decided_on: date, today: date) -> None:
    """Do nothing if a decision can have been made known on a day. Raises KnownTooEarly."""
    if known_on > today:
        sentence = _("This day has not come yet.")
        raise KnownTooEarly(sentence, fields={"known_on": sentence})
    if known_on < decided_on:
        sentence = _("One of these decisions was taken later, on %(day)s.", day=decided_on)
        raise KnownTooEarly(sentence, fields={"known_on": sentence})


def demand_changeable(settled_known_on: date | None, today: date) -> None:
    """Do nothing if a settlement can still be changed to the disadvantage of the group. Raises TooLongAgo."""
    if settled_known_on is None:
        return
    # 29 February has its fifth year on 1 March: the term is never shorter than five years.
    leap = (settled_known_on.month, settled_known_on.day) == (2, 29)
    last = (
        date(settled_known_on.year + CHANGE_YEARS, 3, 1)
        if leap
        else settled_known_on.replace(year=settled_known_on.year + CHANGE_YEARS)
    )
    if today >= last:
        raise TooLongAgo(
            _("This money was settled more than five years ago. It cannot become less any more."),
            article=f"{_LAW}4:49 lid 3",
        )
