# SPDX-License-Identifier: EUPL-1.2
"""What somebody did that can open a right, and the refusal while it is closed."""

from dataclasses import dataclass

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import Text


class RightClosed(RuleBroken):
    """Whoever asks gave too little time, and finished too few tasks, for this right."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """What counts of one person in the period: settled minutes, finished tasks, and whether they are exempt."""

    minutes: int = 0
    task_count: int = 0
    is_exempt: bool = False


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Whether the rights of a threshold are open to somebody; the first step says what they take and what is there."""

    is_open: bool
    steps: tuple[Text, ...]
