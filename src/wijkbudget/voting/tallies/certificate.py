# SPDX-License-Identifier: EUPL-1.2
"""Who paid what in equal shares, by group of equal ballots: with it anyone can check an outcome without counting again.

Source: Peters and Skowron 2020, "Proportionality and the Limits of Welfarism" (arXiv 1911.11747), on price systems.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from wijkbudget.voting.rules import Parameters
from wijkbudget.voting.tallies.counting import count
from wijkbudget.voting.tallies.limits import Room, free_winners
from wijkbudget.voting.tallies.poll import Poll

Certificate = dict[str, object]
"""Plain values, so that it is published as it is; exact numbers are text (`250/3`)."""


def certificate(poll: Poll, parameters: Parameters) -> Certificate | None:
    """Return the payments with which equal shares buy what they buy, or None if there is nobody to pay.

    `purse` is what a voice of one begins with, in cents, and `price` what it pays for each mark. Each group `paid` the
    price for its mark in full for some options, and gave the `rest` of what it had for at most one.
    """
    if not poll.ballot_count:
        return None
    # The same as for the tally: only somebody who counts brings in the compiler.
    from wijkbudget.voting.tallies.sharing import Sharing  # noqa: PLC0415 (see above)

    counted, room = count(poll), Room(poll.election)
    free_winners(counted, room, {})
    shared = Sharing(poll, counted, room, parameters)
    won = {option.id for option in shared.bought}
    return {
        "budget_cents": poll.election.budget_cents,
        "utility": str(parameters["utility"]),
        "purse": str(shared.purse),
        "bought": [
            {"id": option.id, "cost_cents": option.cost_cents, "price": str(price)}
            for option, price in zip(shared.bought, shared.prices, strict=True)
        ],
        "lost": [
            {"id": option.id, "cost_cents": option.cost_cents}
            for option in counted.payable
            if option.id not in won and not shared.was_barred(option)
        ],
        "groups": list(
            _groups(poll, shared.rounds, shared.emptied_at, counts_marks=parameters["utility"] != "cardinality")
        ),
    }


def _groups(
    poll: Poll, rounds: Mapping[int, int], emptied_at: list[int], *, counts_marks: bool
) -> Iterator[dict[str, object]]:
    """Yield each group with what it paid for; `rounds` is when an option was bought, by place."""
    ids = [option.id for option in poll.options]
    voices, places, marks = poll.voices.tolist(), poll.group_options.tolist(), poll.group_marks.tolist()
    for group, (start, end) in enumerate(pairwise(poll.group_starts.tolist())):
        last = emptied_at[group] if emptied_at[group] >= 0 else len(rounds)
        bought = sorted((rounds[place], ids[place]) for place in places[start:end] if place in rounds)
        yield {
            "marks": {ids[places[each]]: marks[each] if counts_marks else 1 for each in range(start, end)},
            "voice": str(voices[group] * poll.voice_unit),
            "paid": [id_ for bought_in, id_ in bought if bought_in < last],
            "rest": next((id_ for bought_in, id_ in bought if bought_in == last), None),
        }
