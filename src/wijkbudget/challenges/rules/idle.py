# SPDX-License-Identifier: EUPL-1.2
"""How long a concept is kept on which nobody writes, and from when its group is warned."""

from datetime import date

from wijkbudget.kit.terms import Term, TermSource, Unit

IDLE = Term(12, Unit.MONTHS, TermSource.BY_LAW)
"""Choice: what nobody wrote on for a year is not sent in any more, and names are kept no longer than is needed."""

WARNED = Term(11, Unit.MONTHS, TermSource.BY_LAW)
"""Choice: a month is time enough to write one line."""


def expires_soon(written_on: date, today: date) -> date | None:
    """Return the last day of a concept, if its group is to be warned."""
    return IDLE.end(written_on) if today > WARNED.end(written_on) else None


def expired_before(today: date) -> date:
    """Return the day before which a concept was last written on that has expired."""
    return IDLE.before(today)
