# SPDX-License-Identifier: EUPL-1.2
"""Every transfer of shares, and of the price of those that are handed back."""

from uuid import UUID

from wijkbudget.ledger import chart
from wijkbudget.ledger.flows import Flow
from wijkbudget.ledger.rules import Transfer
from wijkbudget.shares.rules.holdings import Holding

GRANTED = Flow(
    happens="somebody gets a share: for living here, for a full year of it, for time, or by the contract",
    by=("shares.grant_first", "shares.accrue", "shares.reckon_effort", "shares.grant_for_contract"),
    source="external:shares",
    target="share",
    reference="share:<id>",
)
LAPSED = Flow(
    happens="a holder left, longer ago than the policy allows",
    by=("shares.lapse",),
    source="share",
    target="external:shares",
    reference="share-lapse:<id>",
)
ENDED = Flow(
    happens="one share ends: its holder hands it back, or it was granted by mistake",
    by=("shares.hand_back", "shares.correct"),
    source="share",
    target="external:shares",
    reference="share-end:<id>",
)
SET_APART = Flow(
    happens="somebody hands shares back: their price in the by-law is set apart",
    by=("shares.hand_back",),
    source="pot",
    target="owed",
    reference="share-hand-back:<id>",
)


def granted(place: str, share_id: UUID, person_id: UUID) -> Transfer:
    """Return the transfer that gives somebody one share, once.

    The reference names the share and not the person, because everybody reads references.
    """
    return GRANTED.transfer(chart.SHARES, chart.share(place, str(person_id)), 1, share_id)


def lapsed(place: str, lapse_id: UUID, person_id: UUID, holding: Holding) -> Transfer:
    """Return the transfer that takes all shares of somebody back, once."""
    return LAPSED.transfer(chart.share(place, str(person_id)), chart.SHARES, holding.share_count, lapse_id)


def ended(place: str, share_id: UUID, person_id: UUID) -> Transfer:
    """Return the transfer that takes one share back, once."""
    return ENDED.transfer(chart.share(place, str(person_id)), chart.SHARES, 1, share_id)


def set_apart(place: str, year: int, hand_back_id: UUID, amount_cents: int) -> Transfer:
    """Return the transfer that sets the price of shares apart, out of the pot of a year."""
    return SET_APART.transfer(chart.pot(place, year), chart.owed(place, year, hand_back_id), amount_cents, hand_back_id)
