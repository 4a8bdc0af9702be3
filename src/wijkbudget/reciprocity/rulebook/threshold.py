# SPDX-License-Identifier: EUPL-1.2
"""R1, threshold: some time, or some finished tasks, opens rights such as making a plan; never the vote on the budget.

Source: Hambaken, Den Bosch, which counts finished jobs and not hours; so either is enough.
Choice: the council sets both and what they open. Everybody who may vote keeps that vote, whatever they gave (G1), and
whoever is exempt passes (G6).
"""

from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import RightsPolicy
from wijkbudget.reciprocity.rules.rights import Effort, Gate


class _Threshold:
    key = "threshold"

    def gate(self, effort: Effort, policy: RightsPolicy) -> Gate:
        """Return whether what somebody did opens the rights of a policy, and why."""
        step = _(
            "This takes %(least_minutes)s of time given in %(months)s months, or so many finished tasks: %(tasks)s. "
            "You gave %(given_minutes)s, and finished so many tasks: %(finished)s.",
            least_minutes=policy.minutes_min,
            months=policy.window_months,
            tasks=policy.tasks_min,
            given_minutes=effort.minutes,
            finished=effort.task_count,
        )
        exempt = (_("You are exempt, so it takes no time of you."),) if effort.is_exempt else ()
        is_enough = effort.minutes >= policy.minutes_min or effort.task_count >= policy.tasks_min
        return Gate(is_open=is_enough or effort.is_exempt, steps=(step, *exempt))


THRESHOLD = _Threshold()
