# SPDX-License-Identifier: EUPL-1.2
"""Why an option won or lost, in one sentence with its numbers."""

from fractions import Fraction

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import Option


def took_no_part(option: Option, heads: int, budget_cents: int) -> Text:
    """Return why an option was free, had no support, or could never be paid."""
    if not heads:
        return _("Nobody voted for it.")
    if option.cost_cents == 0:
        return _("It costs nothing and has votes, so it can always go on.")
    assert option.cost_cents > budget_cents
    return _(
        "It costs %(cost_cents)s, more than the whole budget of %(budget_cents)s.",
        cost_cents=option.cost_cents,
        budget_cents=budget_cents,
    )


def fitted(votes: Fraction, left_cents: int) -> Text:
    """Return why an option won by its place in the order of votes."""
    return _(
        "It has %(votes)s votes and fitted in the %(left_cents)s that was left.",
        votes=mixed(votes),
        left_cents=left_cents,
    )


def fitted_in_part(votes: Fraction, cost_cents: int, left_cents: int) -> Text:
    """Return why an option won that gets the last of the money, and not all it costs."""
    return _(
        "It has %(votes)s votes and was next. It costs %(cost_cents)s and gets the %(left_cents)s that was left.",
        votes=mixed(votes),
        cost_cents=cost_cents,
        left_cents=left_cents,
    )


def too_few_votes(votes: Fraction, least: Fraction) -> Text:
    """Return why an option lost that has fewer votes than a plan must have."""
    return _("It has %(votes)s votes. A plan needs at least %(least)s.", votes=mixed(votes), least=mixed(least))


def too_few_supporters(percent: Fraction, least: int) -> Text:
    """Return why an option lost that too small a part of all voices chose."""
    # Rounded down, so that it also shows as less than the percentage it fell short of.
    return _(
        "It was chosen on %(percent)s%% of the ballots. A plan needs at least %(least)s%%.",
        percent=percent // 1,
        least=least,
    )


def too_dear(votes: Fraction, cost_cents: int, left_cents: int) -> Text:
    """Return why an option lost when its turn came."""
    return _(
        "It has %(votes)s votes, but only %(left_cents)s was left and it costs %(cost_cents)s.",
        votes=mixed(votes),
        left_cents=left_cents,
        cost_cents=cost_cents,
    )


def never_reached(votes: Fraction) -> Text:
    """Return why an option lost that came after the one at which the money ran out."""
    return _(
        "It has %(votes)s votes. The count ended before its turn, at a plan that no longer fitted.", votes=mixed(votes)
    )


def no_room(votes: Fraction, limit: str) -> Text:
    """Return why an option lost to a limit: plans that exclude it, or a cap on its theme or small area."""
    return _(
        "It has %(votes)s votes, but there was no room for it any more within “%(limit)s”.",
        votes=mixed(votes),
        limit=limit,
    )


def in_best_set(votes: Fraction) -> Text:
    """Return why an option won that belongs to the best set."""
    return _(
        "It has %(votes)s votes. Of all sets of plans that fit, the one with this plan has the best total.",
        votes=mixed(votes),
    )


def not_in_best_set(votes: Fraction) -> Text:
    """Return why an option lost that does not belong to the best set."""
    return _(
        "It has %(votes)s votes. No set of plans with this one that fits has a better total than what was chosen.",
        votes=mixed(votes),
    )


def paid_together(share_cents: int, *, by_point: bool) -> Text:
    """Return why an option won with the equal shares of its supporters; rounded up, so that "at most" is true."""
    if by_point:
        return _(
            "Its supporters paid for it together, at most %(share_cents)s for each point.", share_cents=share_cents
        )
    return _("Its supporters paid for it together, at most %(share_cents)s for each vote.", share_cents=share_cents)


def saved_together(saved_cents: int) -> Text:
    """Return why an option won with what its supporters saved; rounded up, as what is paid is."""
    return _(
        "Its supporters could pay for it together when %(saved_cents)s was saved for each vote.",
        saved_cents=saved_cents,
    )


def carried_together(load: Fraction) -> Text:
    """Return why an option won whose cost is divided over its supporters."""
    # Rounded up, so that "at most" is true.
    return _(
        "Divided over supporters, all that was chosen until then costs nobody more than %(load_cents)s for each vote.",
        load_cents=-(-load // 1),
    )


def not_enough_together(left_cents: int, cost_cents: int) -> Text:
    """Return why an option lost: what its supporters had left of their equal shares.

    It is rounded down: less than the cost, which is whole, so that it also shows as less.
    """
    return _(
        "Its supporters had %(left_cents)s left together, but it costs %(cost_cents)s.",
        left_cents=left_cents,
        cost_cents=cost_cents,
    )


def mixed(votes: Fraction) -> str:
    """Return a number of votes as it is read in any language: 12, or 12 1/2."""
    whole, rest = divmod(votes.numerator, votes.denominator)
    return f"{whole} {rest}/{votes.denominator}" if rest else str(whole)
