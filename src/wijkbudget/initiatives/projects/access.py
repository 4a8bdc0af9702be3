# SPDX-License-Identifier: EUPL-1.2
"""Who asks for hands for a project, who asks the neighbourhood a question about it, and who votes."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""What a project asks and what was chosen is public; who voted for what is for those inside, once the vote is over."""

ASK = may(own=(Role.RESIDENT,))
"""A project is its initiators': they ask for hands, and they ask what the neighbourhood wants."""

CAST = may(Role.RESIDENT)
"""Residents vote for themselves, or for an organisation that they are a member of."""

SEE_VOTES = frozenset({Role.AUDITOR})
"""Who sees the names in every project, besides those inside it."""
