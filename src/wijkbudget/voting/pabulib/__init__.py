# SPDX-License-Identifier: EUPL-1.2
"""Elections in Pabulib's `.pb` format: reads them, writes them, and reports an outcome with their ids.

Source: Faliszewski and others 2023, "Participatory Budgeting: Data, Tools, and Analysis" (arXiv 2305.11035), section 2;
pabulib.org/format for the names of columns and rules.
"""

from wijkbudget.voting.pabulib.election import BYTES_MAX, KEPT, BadPabulib, PabulibElection
from wijkbudget.voting.pabulib.reading import read, text_of
from wijkbudget.voting.pabulib.reporting import report, report_side_by_side
from wijkbudget.voting.pabulib.writing import Project, PublishedElection, euros, write

__all__ = [
    "BYTES_MAX",
    "KEPT",
    "BadPabulib",
    "PabulibElection",
    "Project",
    "PublishedElection",
    "euros",
    "read",
    "report",
    "report_side_by_side",
    "text_of",
    "write",
]
