# SPDX-License-Identifier: EUPL-1.2
"""Reads tasks, time, exemptions and voices, and proves that they agree with the books."""

from wijkbudget.reciprocity.queries.finished import unused_tasks, used_counts
from wijkbudget.reciprocity.queries.proof import check
from wijkbudget.reciprocity.queries.tasks import candidates, exemptions, tasks
from wijkbudget.reciprocity.queries.time import entries_of, entry, task
from wijkbudget.reciprocity.queries.voices import settled_minutes, voice_of, voices

__all__ = [
    "candidates",
    "check",
    "entries_of",
    "entry",
    "exemptions",
    "settled_minutes",
    "task",
    "tasks",
    "unused_tasks",
    "used_counts",
    "voice_of",
    "voices",
]
