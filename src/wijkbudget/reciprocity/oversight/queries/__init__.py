# SPDX-License-Identifier: EUPL-1.2
"""Reads rings, samples and what was found, and proves that each sample is what its seed draws."""

from wijkbudget.reciprocity.oversight.queries.rings import ring, rings
from wijkbudget.reciprocity.oversight.queries.samples import check, drawn_time, sample, samples

__all__ = ["check", "drawn_time", "ring", "rings", "sample", "samples"]
