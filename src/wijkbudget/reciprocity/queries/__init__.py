# SPDX-License-Identifier: EUPL-1.2
"""Reads tasks, time, exemptions and voices, and proves that they agree with the books."""

from wijkbudget.reciprocity.queries.finished import unused_tasks, used_counts
from wijkbudget.reciprocity.queries.given import given_to
from wijkbudget.reciprocity.queries.own_voice import voice_of
from wijkbudget.reciprocity.queries.proof import check
from wijkbudget.reciprocity.queries.rights import demand_right, rights_of
from wijkbudget.reciprocity.queries.tasks import candidates, exemptions, tasks, tasks_about
from wijkbudget.reciprocity.queries.time import entries_of, entry, task
from wijkbudget.reciprocity.queries.voices import exempt_on, rule_of, settled_minutes, voices

__all__ = [
    "candidates",
    "check",
    "demand_right",
    "entries_of",
    "entry",
    "exempt_on",
    "exemptions",
    "given_to",
    "rights_of",
    "rule_of",
    "settled_minutes",
    "task",
    "tasks",
    "tasks_about",
    "unused_tasks",
    "used_counts",
    "voice_of",
    "voices",
]
