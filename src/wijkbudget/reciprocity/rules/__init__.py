# SPDX-License-Identifier: EUPL-1.2
"""What time entries and voices may be; pure decisions."""

from wijkbudget.reciprocity.rules.voices import Merged, merge_classes

__all__ = ["Merged", "merge_classes"]
