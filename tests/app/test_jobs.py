# SPDX-License-Identifier: EUPL-1.2
"""The clock of the house: one broken job holds up no other."""

import pytest

from wijkbudget.app.jobs import Jobs


def broken(_desk):
    raise LookupError


class TestRunOnce:
    def test_does_everything_else_when_one_job_is_broken(self, desk):
        done = []
        jobs = Jobs(desk, {}, [broken, lambda by: done.append(by.actor.id)])
        with pytest.raises(ExceptionGroup) as caught:
            jobs.run_once()
        assert [type(each) for each in caught.value.exceptions] == [LookupError]
        assert done == ["system"]

    def test_raises_nothing_when_all_is_well(self, desk):
        done = []
        Jobs(desk, {}, [lambda by: done.append(by.actor.id)]).run_once()
        assert done == ["system"]
