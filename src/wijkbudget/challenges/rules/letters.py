# SPDX-License-Identifier: EUPL-1.2
"""Which moves of a bid the municipality tells its group by letter."""

from wijkbudget.challenges.rules.states import Move

ERRAND = "challenge letter"
"""The kind of errand in which a letter waits; it names the bid and the move, and is written when it is run."""

TELLS = frozenset(
    {
        Move.SUBMIT,
        Move.ASK_TO_COMPLETE,
        Move.ADJOURN,
        Move.INTEND_REFUSAL,
        Move.PUT_ASIDE,
        Move.AWARD,
        Move.AWARD_PARTLY,
        Move.REFUSE,
    }
)
"""Source: Awb art. 4:3a (receipt), 4:5 and 4:15 (what is missing), 4:14 (later), 4:7 (a no to come), 3:41 (decided)."""
