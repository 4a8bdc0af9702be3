# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with plans."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""Plans, their costs and what became of them are public; the names of their initiators are for the neighbourhood."""

PROPOSE = may(Role.RESIDENT)
"""Plans come from who lives here."""

SUPPORT = may(Role.RESIDENT)
"""Everybody who lives here and is old enough, once; the rules keep initiators from supporting their own plan."""

WITHDRAW = may(own=(Role.RESIDENT,))
"""A plan is its initiators' to take back."""

GIVE_UP = may(own=(Role.RESIDENT,))
"""A plan that won is its initiators' to stop; what was left goes to the reserve list, not to them."""

REVOKE = may(Role.CHAIR)
"""The chair says that the council decided so; the rules keep away members who would gain or lose by it."""

WITHDRAW_GRANT = may(Role.OFFICIAL)
"""Where the council only advises, an official takes money back in the name of the executive."""

ASSESS = may(Role.OFFICIAL)
"""An official says whether it can be done; the rules keep away who has an interest."""

PUT_ON_BALLOT = may(Role.OFFICIAL, Role.SYSTEM)
"""All feasible plans go on the ballot, so there is nothing to choose."""

AWARD = may(Role.OFFICIAL)
"""Where the council only advises, an official decides in the name of the executive, or says why it is otherwise."""

RAISE = may(Role.CHAIR, Role.OFFICIAL)
"""Who sees what more money for a plan would take."""

RAISE_GRANT = may(Role.CHAIR)
"""The chair says that the council decided so; the rules keep away members whose plan it is."""

AWARD_MORE = may(Role.OFFICIAL)
"""Where the council only advises, an official decides in the name of the executive."""

ADOPT = may(Role.CHAIR)
"""The chair says what the council decided; the money moves with it."""

COLLECT = may(own=(Role.RESIDENT,))
"""Whoever made a plan asks people to give to it."""
