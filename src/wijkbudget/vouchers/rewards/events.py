# SPDX-License-Identifier: EUPL-1.2
"""What can happen to rewards; the public part never says whose."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class OfferOpened(Event):
    """Something can be chosen as a reward; the subject is the offer."""

    sentence: ClassVar[Text] = _("A reward of %(value_cents)s was offered: %(decision)s.")

    value_cents: int
    stock_count: int | None
    payer: str
    last_on: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class OfferClosed(Event):
    """Something can no longer be chosen; the subject is the offer."""

    sentence: ClassVar[Text] = _("A reward is not offered any more: %(returned_cents)s went back.")

    returned_cents: int


@dataclass(frozen=True, kw_only=True)
class OfferReceiverChanged(Event):
    """A reward is paid to another account; the subject is the offer."""

    sentence: ClassVar[Text] = _("A reward is paid to another account from now on. Payments that waited: %(count)s.")

    count: int


@dataclass(frozen=True, kw_only=True)
class RewardChosen(Event):
    """Somebody chose a reward; the subject is the offer."""

    sentence: ClassVar[Text] = _(
        "A reward of %(value_cents)s was chosen. Finished tasks that earned it: %(task_count)s."
    )
    personal: ClassVar[frozenset[str]] = frozenset({"reward_id"})

    reward_id: str
    value_cents: int
    task_count: int


@dataclass(frozen=True, kw_only=True)
class RewardRedeemed(Event):
    """Somebody got what they chose; the subject is the offer."""

    sentence: ClassVar[Text] = _("A reward of %(value_cents)s was given.")
    personal: ClassVar[frozenset[str]] = frozenset({"reward_id"})

    reward_id: str
    value_cents: int


@dataclass(frozen=True, kw_only=True)
class RedemptionUndone(Event):
    """It was booked by mistake that somebody got what they chose; the subject is the offer."""

    sentence: ClassVar[Text] = _("A reward of %(value_cents)s was not given after all: that was booked by mistake.")
    personal: ClassVar[frozenset[str]] = frozenset({"reward_id"})

    reward_id: str
    value_cents: int


@dataclass(frozen=True, kw_only=True)
class RewardWasNotFetched(Event):
    """Nobody came for a reward in time; the subject is the offer."""

    sentence: ClassVar[Text] = _("A reward of %(value_cents)s was not fetched in time.")
    personal: ClassVar[frozenset[str]] = frozenset({"reward_id"})

    reward_id: str
    value_cents: int
