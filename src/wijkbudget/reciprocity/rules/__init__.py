# SPDX-License-Identifier: EUPL-1.2
"""What time entries and voices may be; pure decisions."""

from wijkbudget.reciprocity.rules.voices import Merged, Voice, merge_classes

__all__ = ["Merged", "Voice", "merge_classes"]
