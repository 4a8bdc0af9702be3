# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a group that is late with its account."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class GroupReminded(Event):
    """A group was asked by letter to account for its money; the subject is the voucher."""

    sentence: ClassVar[Text] = _("A group was asked by letter to account for its money until %(until)s.")

    until: str
