# SPDX-License-Identifier: EUPL-1.2
"""What can happen to resident vouchers; the public part never says whose, or to which plan one was pledged."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class ChequesIssued(Event):
    """Everybody got an equal amount; the subject is the issuance."""

    sentence: ClassVar[Text] = _("%(count)s resident vouchers of %(value_cents)s were issued.")

    year: int
    count: int
    value_cents: int
    last_on: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class ChequePledged(Event):
    """Somebody divided a resident voucher over plans; the subject is the issuance."""

    sentence: ClassVar[Text] = _("A resident voucher was pledged.")
    personal: ClassVar[frozenset[str]] = frozenset({"cheque_id", "pledged"})

    cheque_id: str
    pledged: dict[str, int]
    """How many cents to which plan."""


@dataclass(frozen=True, kw_only=True)
class ChequeReplaced(Event):
    """Somebody got a new code; the subject is the issuance."""

    sentence: ClassVar[Text] = _("The code of a resident voucher was replaced.")
    personal: ClassVar[frozenset[str]] = frozenset({"cheque_id"})

    cheque_id: str


@dataclass(frozen=True, kw_only=True)
class ChequeWasDeactivated(Event):
    """A resident voucher was stopped; the subject is the issuance."""

    sentence: ClassVar[Text] = _("A resident voucher was stopped.")
    personal: ClassVar[frozenset[str]] = frozenset({"cheque_id"})

    cheque_id: str


@dataclass(frozen=True, kw_only=True)
class ChequesClosed(Event):
    """What was pledged went to the plans; the subject is the issuance."""

    sentence: ClassVar[Text] = _(
        "The resident vouchers are closed: %(pledged_cents)s went to plans, %(returned_cents)s went back."
    )

    pledged_cents: int
    returned_cents: int


@dataclass(frozen=True, kw_only=True)
class CardsOrdered(Event):
    """Cards with codes are to be made; the subject is the issuance."""

    sentence: ClassVar[Text] = _("%(count)s cards of resident vouchers are being made.")

    count: int


@dataclass(frozen=True, kw_only=True)
class CardsMade(Event):
    """A file of cards is ready; the subject is the issuance."""

    sentence: ClassVar[Text] = _("A file with %(count)s cards of resident vouchers is ready.")

    number: int
    count: int


@dataclass(frozen=True, kw_only=True)
class CardsFetched(Event):
    """Somebody took a file of cards; the subject is the issuance."""

    sentence: ClassVar[Text] = _("A file with %(count)s cards of resident vouchers was fetched.")

    number: int
    count: int


@dataclass(frozen=True, kw_only=True)
class CardsDiscarded(Event):
    """Files of cards were thrown away; the subject is the issuance."""

    sentence: ClassVar[Text] = _("%(count)s cards of resident vouchers were thrown away.")

    count: int
