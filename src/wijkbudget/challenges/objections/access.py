# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with objections."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""Everybody sees that there is an objection; the queries keep what it says for who objected and who judges it."""

OBJECT = may(Role.RESIDENT)
"""Whoever a decision touches; the rules do not look at the interest, who decides does."""

TAKE_BACK = may(own=(Role.RESIDENT,))
"""Only whoever objected takes it back."""

JUDGE = may(Role.OFFICIAL)
"""Officials who did not work on the bid, did not decide about it, and have no interest; the rules see to that."""
