# SPDX-License-Identifier: EUPL-1.2
"""R5, project: whoever gave time to a project has more say in it, and nobody more than a fixed part of all voice.

Source: Doornakkers, Eindhoven, where residents decide about what they invested themselves.
Choice: it is for open votes inside a project, on names, so there are no classes; what keeps one from deciding alone is
the largest part of all voice. What is over it flows to the others, in proportion to their voices. Euros count for
nothing (G7).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wijkbudget.kit.text import Text, _
from wijkbudget.neighbourhoods.rules import ProjectVotesPolicy
from wijkbudget.reciprocity.rules.voices import FLOOR_HUNDREDTHS, Giver, usual_extra


@dataclass(frozen=True, kw_only=True)
class ProjectVoice:
    """What one voter weighs in a project, and which part of all voice that is, both exact; and why."""

    weight: Fraction
    share: Fraction
    steps: tuple[Text, ...]


class _Project:
    key = "project"

    def voices(self, voters: Iterable[Giver], policy: ProjectVotesPolicy) -> dict[str, ProjectVoice]:
        """Return the voice of each voter; all shares together are exactly one.

        An organisation is a voter without time: hours of its members count for them only (G12).
        """
        known = list(voters)
        earned = {voter.person_id: _extra(voter.given.minutes, policy) for voter in known}
        usual = usual_extra(earned[voter.person_id] for voter in known if not voter.is_exempt)
        extras = {
            voter.person_id: max(usual, earned[voter.person_id]) if voter.is_exempt else earned[voter.person_id]
            for voter in known
        }
        weights = {person_id: 1 + extra for person_id, extra in extras.items()}
        # Among few voters somebody must have more than the largest part; then all have the same.
        most = max(Fraction(policy.share_percent_max, 100), Fraction(1, max(1, len(known))))
        shares = fill(weights, most)
        return {
            voter.person_id: ProjectVoice(
                weight=weights[voter.person_id],
                share=shares[voter.person_id],
                steps=(
                    *_steps_to(voter, weights[voter.person_id], policy),
                    *_steps_from(shares[voter.person_id], most, policy),
                ),
            )
            for voter in known
        }


def _extra(minutes: int, policy: ProjectVotesPolicy) -> Fraction:
    return min(Fraction(minutes * policy.per_hour_hundredths, 60 * 100), Fraction(policy.bonus_hundredths_max, 100))


def fill(weights: Mapping[str, Fraction], most: Fraction) -> dict[str, Fraction]:
    """Return the part that each has of a whole, in proportion to the weights and nobody more than `most`.

    Who would have more gets `most`, and what is over is divided over the others in the same way, until nobody is over.
    """
    assert most * len(weights) >= 1 or not weights, "parts that small do not make a whole"
    free, shares = dict(weights), dict[str, Fraction]()
    while free:
        left = 1 - most * len(shares)
        whole = sum(free.values(), Fraction(0))
        over = [key for key, weight in free.items() if weight * left > most * whole]
        if not over:
            return shares | {key: weight * left / whole for key, weight in free.items()}
        shares |= dict.fromkeys(over, most)
        free = {key: weight for key, weight in free.items() if key not in shares}
    return shares


def _steps_to(voter: Giver, weight: Fraction, policy: ProjectVotesPolicy) -> tuple[Text, ...]:
    """Return why somebody weighs this much, in the order in which it was computed."""
    steps = [_("Everybody who may vote here has a voice of %(floor_hundredths)s.", floor_hundredths=FLOOR_HUNDREDTHS)]
    if voter.given.minutes:
        steps.append(
            _(
                "You gave %(given_minutes)s to this project. Every hour adds %(hour_hundredths)s, at most "
                "%(most_hundredths)s.",
                given_minutes=voter.given.minutes,
                hour_hundredths=policy.per_hour_hundredths,
                most_hundredths=policy.bonus_hundredths_max,
            )
        )
    if voter.is_exempt:
        steps.append(_("You are exempt. So you get at least what is usual among people who gave time to it."))
    if voter.given.minutes or voter.is_exempt:
        steps.append(_("Your voice here is %(voice_hundredths)s.", voice_hundredths=weight * 100 // 1))
    return tuple(steps)


def _steps_from(share: Fraction, most: Fraction, policy: ProjectVotesPolicy) -> tuple[Text, ...]:
    """Return what the largest part of all voice changed for somebody."""
    if share < most:
        return ()
    if most * 100 > policy.share_percent_max:
        return (_("So few people vote here that everybody has the same part of all voice."),)
    return (_("Nobody has more than %(percent)s%% of all voice here, so that is yours.", percent=most * 100 // 1),)


PROJECT = _Project()
