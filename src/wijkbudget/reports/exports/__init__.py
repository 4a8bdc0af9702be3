# SPDX-License-Identifier: EUPL-1.2
"""What can be taken along whole, as rows for a spreadsheet or another program.

To add one: write `reports/exports/<key>.py` after the example of `trail.py`, then name it below.
"""

from collections.abc import Iterator
from typing import Protocol

from wijkbudget.kit.fields import View
from wijkbudget.kit.registry import Registry
from wijkbudget.kit.text import _
from wijkbudget.reports.exports.challenges import CHALLENGES
from wijkbudget.reports.exports.spending import SPENDING
from wijkbudget.reports.exports.time import TIME
from wijkbudget.reports.exports.trail import TRAIL
from wijkbudget.reports.rules import ExportNotFound
from wijkbudget.trail.work import Look


class Export(Protocol):
    """A table about one neighbourhood that everybody may have; nothing in it points at a person."""

    key: str
    row: type[View]
    """Its fields are the columns, and say what each holds."""
    of_a_year: bool
    """Whether it is about one budget year, and not about all time."""

    def rows(self, look: Look, place: str, year: int | None) -> Iterator[View]:
        """Yield the rows in order, without ever holding all of them; `year` is there if it is of a year."""
        ...


EXPORTS: Registry[Export] = Registry(CHALLENGES, SPENDING, TIME, TRAIL)
"""By key; the key is what an address names."""


def find(key: str) -> Export:
    """Return the export with a key. Raises ExportNotFound."""
    found = EXPORTS.get(key)
    if found is None:
        raise ExportNotFound(_("There is no such file."))
    return found
