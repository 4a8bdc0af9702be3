# SPDX-License-Identifier: EUPL-1.2
"""Reads how the work of a bid goes, and proves what was kept of it."""

from wijkbudget.challenges.reviews.queries.course import course, course_part
from wijkbudget.challenges.reviews.queries.proof import check

__all__ = ["check", "course", "course_part"]
