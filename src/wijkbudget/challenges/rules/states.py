# SPDX-License-Identifier: EUPL-1.2
"""How far a bid can be, what can bring it further, and from which side."""

from collections.abc import Mapping
from enum import StrEnum

from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _


class State(StrEnum):
    """How far a bid is."""

    CONCEPT = "concept"
    """Its group still writes it; nobody else sees it."""
    EXPIRED = "expired"
    """Nobody wrote on it for a year, and it was never sent in."""
    SUBMITTED = "submitted"
    """The municipality received it, and the time to decide runs."""
    INCOMPLETE = "incomplete"
    """The municipality asked for what is missing, and the time to decide stands still."""
    BEING_HANDLED = "being_handled"
    """An official works on it, and the checklist is open."""
    INTRODUCTION = "introduction"
    """The group and the officials who know the task meet."""
    ELABORATION = "elaboration"
    """The group works it out further, and agreed that the time to decide stands still."""
    ADVICE = "advice"
    """The neighbourhood council and residents can say what they think of it."""
    INTENDED_REFUSAL = "intended_refusal"
    """The municipality means to say no, and the group can answer first."""
    READY = "ready"
    """Everything to decide about it is there."""
    NOT_HANDLED = "not_handled"
    """What was missing did not come in time, and the municipality put the bid aside."""
    AWARDED = "awarded"
    """The group may take the task over."""
    PARTLY_AWARDED = "partly_awarded"
    """The group may take part of the task over."""
    REFUSED = "refused"
    """The municipality said no."""
    OBJECTION = "objection"
    """Somebody objects to a no, and the municipality looks again."""
    UPHELD = "upheld"
    """The municipality looked again, and its no stays."""
    REVISED = "revised"
    """The municipality looked again, and decides anew."""
    CONTRACTING = "contracting"
    """The group and the municipality write their agreement."""
    IN_PROGRESS = "in_progress"
    """The group does the task."""
    SUSPENDED = "suspended"
    """The work stands still for a while."""
    REVIEW = "review"
    """Both sides and the neighbours look at how it goes."""
    COMPLETED = "completed"
    """The time of the agreement is over."""
    ENDED = "ended"
    """The agreement ended early, and the task goes back."""
    CLOSED = "closed"
    """Everything is settled."""
    WITHDRAWN = "withdrawn"
    """Its group took it back."""


class Move(StrEnum):
    """What brings a bid into its next state, or is written down in the one it is in; each is a verb."""

    START = "start"
    EXPIRE = "expire"
    SUBMIT = "submit"
    ASK_TO_COMPLETE = "ask_to_complete"
    COMPLETE = "complete"
    TAKE_ON = "take_on"
    TAKE_OVER = "take_over"
    PUT_ASIDE = "put_aside"
    MEET = "meet"
    ELABORATE = "elaborate"
    ASK_ADVICE = "ask_advice"
    INTEND_REFUSAL = "intend_refusal"
    MAKE_READY = "make_ready"
    SEND_BACK = "send_back"
    PAUSE = "pause"
    UNPAUSE = "unpause"
    ADJOURN = "adjourn"
    GIVE_NOTICE = "give_notice"
    AWARD = "award"
    AWARD_PARTLY = "award_partly"
    REFUSE = "refuse"
    OBJECT = "object"
    UPHOLD = "uphold"
    REVISE = "revise"
    DRAFT = "draft"
    SIGN = "sign"
    ENTER_INTO = "enter_into"
    SUSPEND = "suspend"
    RESUME = "resume"
    LOOK_BACK = "look_back"
    GO_ON = "go_on"
    EXTEND = "extend"
    FINISH = "finish"
    HAND_BACK = "hand_back"
    END = "end"
    CLOSE = "close"
    WITHDRAW = "withdraw"


class Side(StrEnum):
    """From which side a move comes."""

    GROUP = "group"
    """Who stand behind the bid."""
    CASE_WORKER = "case_worker"
    """The official who works on it; a bid without one gets it by the move."""
    DECIDER = "decider"
    """An official who acts for the body that decides, and never was its case worker."""
    INTERESTED = "interested"
    """Somebody whom a decision about it touches. Source: Awb art. 1:2."""
    HOUSE = "house"
    """The house itself, when a term is over."""


STATE_NAMES: Mapping[State, Text] = {
    State.CONCEPT: _("being written"),
    State.EXPIRED: _("never sent in"),
    State.SUBMITTED: _("sent in"),
    State.INCOMPLETE: _("something is missing"),
    State.BEING_HANDLED: _("being looked at"),
    State.INTRODUCTION: _("getting to know each other"),
    State.ELABORATION: _("being worked out"),
    State.ADVICE: _("others give advice"),
    State.INTENDED_REFUSAL: _("the municipality means to say no"),
    State.READY: _("ready for a decision"),
    State.NOT_HANDLED: _("put aside"),
    State.AWARDED: _("awarded"),
    State.PARTLY_AWARDED: _("partly awarded"),
    State.REFUSED: _("refused"),
    State.OBJECTION: _("somebody objects"),
    State.UPHELD: _("the no stays"),
    State.REVISED: _("a new decision comes"),
    State.CONTRACTING: _("the agreement is being made"),
    State.IN_PROGRESS: _("the group does the task"),
    State.SUSPENDED: _("stands still for a while"),
    State.REVIEW: _("being looked back at"),
    State.COMPLETED: _("the time is over"),
    State.ENDED: _("ended early"),
    State.CLOSED: _("settled and closed"),
    State.WITHDRAWN: _("taken back"),
}

LOOKED_AT = (State.BEING_HANDLED, State.INTRODUCTION, State.ADVICE, State.INTENDED_REFUSAL, State.READY)
"""An official works on it, and the time to decide runs."""
AWARDS = (State.AWARDED, State.PARTLY_AWARDED, State.CONTRACTING)
"""The group may begin, and did not yet."""
WORK = (State.IN_PROGRESS, State.SUSPENDED, State.REVIEW)
"""The agreement holds."""
AGREED = (*WORK, State.COMPLETED, State.ENDED)
"""There is an agreement, which holds or has ended."""
REFUSALS = (State.REFUSED, State.NOT_HANDLED)
"""The municipality said no, or did not look at it."""

RUNNING = frozenset({State.SUBMITTED, State.INCOMPLETE, State.ELABORATION, *LOOKED_AT})
"""The municipality owes an answer."""

WRITABLE = frozenset({State.CONCEPT, State.INCOMPLETE, State.ELABORATION})
"""The group can change what the bid says."""


def wrong_state(now: State) -> WrongState:
    """Return the refusal for what cannot be done with a bid in this state."""
    return WrongState(_("This cannot be done now. This bid: %(state)s.", state=STATE_NAMES[now]))


def demand_writable(now: State) -> None:
    """Do nothing if the group can still change what its bid says. Raises WrongState."""
    if now not in WRITABLE:
        raise WrongState(_("You cannot change this bid now. This bid: %(state)s.", state=STATE_NAMES[now]))


def demand_concept(now: State) -> None:
    """Do nothing if people can still join a group or leave it. Raises WrongState.

    Choice: who stands behind a bid is fixed when it is sent in, because the municipality answers them.
    """
    if now is not State.CONCEPT:
        raise WrongState(_("The group of this bid is fixed. This bid: %(state)s.", state=STATE_NAMES[now]))
