# SPDX-License-Identifier: EUPL-1.2
"""Lets one process at a time run the clock of the house, however many serve."""

from datetime import timedelta

from sqlmodel import text

from wijkbudget.kit.actor import Role, may
from wijkbudget.trail.work import Work, verb

HELD = timedelta(seconds=60)
"""Choice: ours; when a holder dies, another takes over within a minute."""

_HOLD = text(
    "INSERT INTO lease (name, holder, ends_at) VALUES (:name, :holder, :ends_at)"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at"
    " WHERE lease.holder = excluded.holder OR lease.ends_at <= :now"
)


@verb(may(Role.SYSTEM), municipal=True, silent="who holds the clock changes nothing of the neighbourhood")
def hold(work: Work, name: str, holder: str) -> bool:
    """Take or keep a lease, and return whether it is ours."""
    now, ends_at = (int(moment.timestamp()) for moment in (work.now, work.now + HELD))
    values = {"name": name, "holder": holder, "now": now, "ends_at": ends_at}
    return work.session.connection().execute(_HOLD, values).rowcount == 1
