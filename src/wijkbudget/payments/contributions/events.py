# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a collection and to a gift; who gives stands in none of it."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class CollectionOpened(Event):
    """People can give from now on; the subject is the collection."""

    sentence: ClassVar[Text] = _("People can give money to a plan or a pot.")

    about: str
    year: int


@dataclass(frozen=True, kw_only=True)
class CollectionClosed(Event):
    """Nobody can give any more, and what was given went on or goes back; the subject is the collection."""

    sentence: ClassVar[Text] = _("A collection of gifts ended with %(given_cents)s.")

    about: str
    state: str
    given_cents: int
    matched_cents: int


@dataclass(frozen=True, kw_only=True)
class ContributionOpened(Event):
    """Somebody wants to give; the subject is the gift."""

    sentence: ClassVar[Text] = _("Somebody wants to give %(amount_cents)s.")

    collection_id: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class CheckoutNoted(Event):
    """The pay page of a gift is open; the subject is the gift."""

    sentence: ClassVar[Text] = _("The pay page for a gift is open.")

    provider: str


@dataclass(frozen=True, kw_only=True)
class ContributionPaid(Event):
    """A gift was paid; the subject is the gift."""

    sentence: ClassVar[Text] = _("A gift of %(amount_cents)s was paid.")

    collection_id: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class ProviderTold(Event):
    """A payment provider told something, once; the subject is the gift it is of, or nothing that we know."""

    sentence: ClassVar[Text] = _("The payment provider sent news about %(amount_cents)s.")

    news: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class GiftsMatched(Event):
    """The pot adds so much, all together, to the gifts of a plan; the subject is the collection."""

    sentence: ClassVar[Text] = _("The pot now adds %(matched_cents)s to the gifts for a plan.")

    matched_cents: int


@dataclass(frozen=True, kw_only=True)
class ContributionRefundOrdered(Event):
    """Money goes back to a giver; the subject is the gift."""

    sentence: ClassVar[Text] = _("A giver gets back %(amount_cents)s.")

    refund_id: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class ContributionRefundSettled(Event):
    """The cashier paid a giver by hand whose account did not take a refund; the subject is the gift."""

    sentence: ClassVar[Text] = _("The cashier paid a refund of %(amount_cents)s by hand.")

    refund_id: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class ContributionFailed(Event):
    """A gift ended before it was paid; the subject is the gift."""

    sentence: ClassVar[Text] = _("A gift of %(amount_cents)s was not paid.")

    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class ContributionRefundFailed(Event):
    """A refund did not arrive, and waits for the cashier; the subject is the gift."""

    sentence: ClassVar[Text] = _("A refund of %(amount_cents)s did not arrive.")

    refund_id: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class GiversForgotten(Event):
    """Names and addresses of givers were thrown away; the subject is the neighbourhood, or the only gift."""

    sentence: ClassVar[Text] = _("Of %(count)s gifts the name or the address of the giver was thrown away.")

    count: int
