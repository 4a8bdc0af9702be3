# SPDX-License-Identifier: EUPL-1.2
"""What may be offered as a reward, what finished tasks earn, and how often a reward is given: once.

Source: Hambaken, Den Bosch (two finished jobs earn one choice from a catalogue that a sponsor pays).
Choice: a reward counts tasks that were finished, never hours, so that nobody is paid a rate for time.
"""

from datetime import date, timedelta
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _
from wijkbudget.ledger.flows import Flow
from wijkbudget.neighbourhoods.rules.earning import RewardsPolicy

CODE_TRIES = "reward code"
"""What wrong tries of these codes are counted under."""

STOCK_MAX = 10_000


OPEN = Flow(
    happens="rewards are offered that the neighbourhood pays: the money for all of them is set apart",
    by=("vouchers.open_offer",),
    source="pot",
    target="offer",
    reference="offer:<id>:open",
)
CLOSE = Flow(
    happens="an offer ends: the money for what nobody chose goes back",
    by=("vouchers.close_offer", "vouchers.lapse_rewards"),
    source="offer",
    target="pot",
    reference="offer:<id>:rest",
)
CHOOSE = Flow(
    happens="somebody chooses a reward that the neighbourhood pays",
    by=("vouchers.choose",),
    source="offer",
    target="reward",
    reference="reward:<id>:chosen",
)
CHOOSE_GIVEN = Flow(
    happens="somebody chooses a reward that its sponsor gives, at its value",
    by=("vouchers.choose",),
    source="external:sponsored",
    target="reward",
    reference="reward:<id>:chosen",
)
GIVE = Flow(
    happens="the sponsor gave the reward; nothing is paid",
    by=("vouchers.redeem_reward",),
    source="reward",
    target="external:used",
    reference="reward:<id>:given",
)
GIVE_AGAIN = Flow(
    happens="the sponsor gave the reward, after that was booked by mistake before; nothing is paid",
    by=("vouchers.redeem_reward",),
    source="reward",
    target="external:used",
    reference="reward:<id>:given:<turn>",
)
LAPSE = Flow(
    happens="nobody came for a reward in time: its money goes back",
    by=("vouchers.lapse_rewards",),
    source="reward",
    target="pot",
    reference="reward:<id>:lapsed",
)
LAPSE_GIVEN = Flow(
    happens="nobody came in time for what a sponsor would have given: its value goes back",
    by=("vouchers.lapse_rewards",),
    source="reward",
    target="external:sponsored",
    reference="reward:<id>:lapsed",
)


class Payer(StrEnum):
    """Who bears what a reward costs."""

    POT = "pot"
    """The neighbourhood: whoever gives it is paid from the pot."""
    SPONSOR = "sponsor"
    """Whoever gives it; no money moves, and the books say its value."""


class OfferState(StrEnum):
    """Whether something can be chosen."""

    OPEN = "open"
    CLOSED = "closed"
    """What nobody chose is not offered any more; what was chosen can be fetched until the last day."""


class RewardState(StrEnum):
    """How far a reward is."""

    CHOSEN = "chosen"
    """It waits for whoever chose it."""
    REDEEMED = "redeemed"
    """It was given."""
    LAPSED = "lapsed"
    """Nobody came for it in time."""


class OfferNotFound(NotFound):
    """Nothing with this id is offered in this neighbourhood."""


class RewardNotFound(NotFound):
    """Whoever asks has no reward with this id in this neighbourhood."""


class NoRewards(RuleBroken):
    """The policy of the neighbourhood knows no rewards."""


class TooValuable(RuleBroken):
    """A reward is worth more than the policy allows."""


class OfferTooLong(RuleBroken):
    """The last day comes too soon, or too late."""


class StockMissing(BadInput):
    """What the neighbourhood pays is counted beforehand."""


class ReceiverWrong(BadInput):
    """It is not said who is paid, or somebody would be where nobody is."""


class NotEnoughTasks(RuleBroken):
    """Too few finished tasks that earned nothing yet."""


class NoneLeft(Conflict):
    """Somebody else took the last one."""


class OfferOver(RuleBroken):
    """The last day has passed."""


class WrongRewardCode(NotAllowed):
    """A code that finds nothing here, whatever the reason."""


class RewardLapsed(RuleBroken):
    """The last day of a reward has passed."""


class RedeemedBefore(Conflict):
    """A reward was given before."""


class NotGiven(WrongState):
    """A reward was not given, so nothing can be undone."""


class GaveIt(NotAllowed):
    """Whoever booked that a reward was given does not undo it."""


class OwnReward(NotAllowed):
    """Nobody books that they got a reward themselves."""


def wrong_code() -> WrongRewardCode:
    """Return the one refusal for every code that finds nothing, so that it tells nothing about why."""
    return WrongRewardCode(_("This code does not work here. Look at the code and the neighbourhood once more."))


def demand_offerable(value_cents: int, last_on: date, today: date, section: RewardsPolicy) -> None:
    """Do nothing if something may be offered so. Raises TooValuable or OfferTooLong."""
    if value_cents > section.value_cents_max:
        text = _("By the rules a reward is worth at most %(most_cents)s.", most_cents=section.value_cents_max)
        raise TooValuable(text, article=section.article)
    if not today < last_on <= today + timedelta(days=section.open_days_max):
        text = _("Choose a last day after today, at most %(days)s days ahead.", days=section.open_days_max)
        raise OfferTooLong(text, article=section.article)


def demand_complete(payer: Payer, stock_count: int | None, payee: str | None, iban: str | None) -> None:
    """Do nothing if it is said how many there are and who is paid, just where that is needed.

    Raises StockMissing or ReceiverWrong.
    """
    if payer is Payer.POT and stock_count is None:
        text = _("Say how many there are: the money for all of them is set apart.")
        raise StockMissing(text, fields={"stock_count": text})
    is_paid = payer is Payer.POT
    wrong = [name for name, typed in (("payee", payee), ("iban", iban)) if bool(typed) is not is_paid]
    if wrong:
        missing, extra = _("Fill in who gets the money."), _("Leave this empty: the sponsor gives it, nobody is paid.")
        text = missing if is_paid else extra
        raise ReceiverWrong(text, fields=dict.fromkeys(wrong, text))


def demand_on_offer(state: OfferState, last_on: date, today: date, article: str) -> None:
    """Do nothing while something can be chosen. Raises OfferOver or WrongState."""
    if today > last_on:
        raise OfferOver(_("The last day for this reward has passed. Choose another one."), article=article)
    if state is not OfferState.OPEN:
        raise WrongState(_("This reward is not offered any more. Choose another one."))


def demand_paid_from_pot(payer: Payer) -> None:
    """Do nothing if the neighbourhood pays whoever gives something. Raises WrongState."""
    if payer is not Payer.POT:
        raise WrongState(_("The sponsor gives this reward, so nobody is paid."))


def demand_tasks(finished_count: int, section: RewardsPolicy) -> None:
    """Do nothing if enough tasks are finished for one choice. Raises NotEnoughTasks.

    Choice: a task counts once its time is settled, so when nobody can dispute it any more.
    """
    if finished_count < section.tasks_each:
        text = _(
            "You finished %(finished)s of the %(needed)s tasks that a reward takes. A task counts when somebody else"
            " confirmed it and nobody objected in time.",
            needed=section.tasks_each,
            finished=finished_count,
        )
        raise NotEnoughTasks(text, article=section.article)


def demand_redeemable(state: RewardState, last_on: date, today: date, article: str) -> None:
    """Do nothing while a reward can be given. Raises RedeemedBefore or RewardLapsed."""
    if state is RewardState.REDEEMED:
        raise RedeemedBefore(_("This reward was given before. Each is given once."))
    if state is RewardState.LAPSED or today > last_on:
        raise RewardLapsed(_("The last day of this reward has passed, so it cannot be given."), article=article)


def demand_other_hands(redeemer: str, near_the_holder: frozenset[str]) -> None:
    """Raise OwnReward if somebody gives a reward to themselves or their own household. Source: Awb art. 2:4."""
    if redeemer in near_the_holder:
        raise OwnReward(_("This is a reward of your own household, so somebody else must give it."))


def demand_given(state: RewardState) -> None:
    """Do nothing for a reward that was given. Raises NotGiven."""
    if state is not RewardState.REDEEMED:
        raise NotGiven(_("This reward was not given, so there is nothing to undo."))


def demand_other_giver(undoer: str, redeemed_by: str | None) -> None:
    """Do nothing if somebody else booked that a reward was given. Raises GaveIt.

    Source: OWASP ASVS 5.0, 2.3.5 (more than one person): nobody books the same reward twice alone.
    """
    if undoer == redeemed_by:
        raise GaveIt(_("You booked that this reward was given, so somebody else must undo that."))


def giving(undone_count: int) -> tuple[Flow, *tuple[int, ...]]:
    """Return how it is booked that a sponsor gave a reward, with what fills in its reference after the id."""
    return (GIVE_AGAIN, undone_count) if undone_count else (GIVE,)


def none_left() -> NoneLeft:
    """Return the refusal of what everybody has chosen already."""
    return NoneLeft(_("Somebody was just before you: there are none left. Choose another reward."))


def no_rewards() -> Text:
    """Return what is said where the policy knows no rewards."""
    return _("The rules of this neighbourhood know no rewards. The council can adopt rules that do.")
