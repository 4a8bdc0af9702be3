# SPDX-License-Identifier: EUPL-1.2
"""One process at a time runs the clock."""

from wijkbudget.trail import lease
from wijkbudget.trail.desk import Desk


def test_is_held_by_one_until_it_ends(desk: Desk, clock) -> None:
    assert desk.act(lease.hold, "clock", "first")
    assert not desk.act(lease.hold, "clock", "second")
    clock.forward(seconds=59)
    assert desk.act(lease.hold, "clock", "first")
    clock.forward(seconds=59)
    assert not desk.act(lease.hold, "clock", "second")
    clock.forward(seconds=1)
    assert desk.act(lease.hold, "clock", "second")
    assert not desk.act(lease.hold, "clock", "first")
