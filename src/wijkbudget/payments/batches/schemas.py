# SPDX-License-Identifier: EUPL-1.2
"""What batches are asked and answer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from wijkbudget.kit.fields import Command, Field, Id, Line, View
from wijkbudget.payments.batches.rules import BATCH_PAYMENTS_MAX, BatchState, LineState


class NameAccount(Command):
    """Say from which account the municipality pays, and who decided so."""

    holder: Line
    iban: Line
    decided_by: Line
    """The decision or mandate it rests on."""


class DraftBatch(Command):
    """Put payouts together for the bank."""

    payouts: Annotated[list[Id], Field(min_length=1, max_length=BATCH_PAYMENTS_MAX)]


class RefusedByBank(Command):
    """Say that the bank told you that it does not pay one payment."""

    payout_id: Id
    reason: Annotated[str, Field(min_length=1, max_length=35, pattern=r"^[A-Za-z0-9 .,-]+$")]
    """The code of the bank, such as AC04, or a few words of it; no names."""


class AccountView(View):
    """The account the municipality pays from."""

    version: int
    holder: str
    iban: str
    bic: str | None
    decided_by: str
    named_at: datetime


class WaitingView(View):
    """A payout that can go to the bank."""

    id: UUID
    place: str
    neighbourhood: str
    title: str
    payee: str
    iban: str
    amount_cents: int
    ordered_at: datetime
    sent_back: str | None
    is_barred: bool
    """Whether whoever asks had a hand in it, so that somebody else must pay it."""


class BatchView(View):
    """A batch as a line in a list."""

    id: UUID
    state: BatchState
    payment_count: int
    total_cents: int
    drafted_at: datetime
    released_at: datetime | None
    sent_at: datetime | None


class BatchLineView(View):
    """One payment of a batch."""

    payout_id: UUID
    end_to_end_id: str
    place: str
    neighbourhood: str
    title: str
    payee: str
    iban: str
    amount_cents: int
    state: LineState


class BatchDetails(BatchView):
    """A batch with its payments, and what whoever asks may do with it."""

    account: AccountView
    drafted_by: str
    """The name of who put it together."""
    released_by: str | None
    file_sha256: str | None
    lines: list[BatchLineView]
    may_release: bool
    may_undo: bool
    may_fetch: bool
    may_send: bool
    may_refuse: bool


class FileView(View):
    """A file to be kept."""

    name: str
    content: bytes
