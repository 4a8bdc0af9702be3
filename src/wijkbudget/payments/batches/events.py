# SPDX-License-Identifier: EUPL-1.2
"""What can happen to the account that pays and to a batch for the bank."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class AccountNamed(Event):
    """The municipality pays from this account from now on; the subject is its number among those there were."""

    sentence: ClassVar[Text] = _("The municipality named the account it pays from.")

    version: int


@dataclass(frozen=True, kw_only=True)
class BatchDrafted(Event):
    """Payments were put together for the bank; the subject is the batch."""

    sentence: ClassVar[Text] = _("A batch of %(count)s payments, %(total_cents)s, was put together.")

    payouts: list[str]
    count: int
    total_cents: int


@dataclass(frozen=True, kw_only=True)
class BatchUndone(Event):
    """A batch was taken apart before it was released; the subject is the batch."""

    sentence: ClassVar[Text] = _("A batch of payments was taken apart again.")

    total_cents: int


@dataclass(frozen=True, kw_only=True)
class BatchReleased(Event):
    """A second person released a batch, and its file was made; the subject is the batch."""

    sentence: ClassVar[Text] = _("A batch of %(total_cents)s was released for the bank.")

    total_cents: int
    file_sha256: str


@dataclass(frozen=True, kw_only=True)
class BatchSent(Event):
    """The bank got the file of a batch; the subject is the batch."""

    sentence: ClassVar[Text] = _("A batch of %(total_cents)s was sent to the bank.")

    total_cents: int
