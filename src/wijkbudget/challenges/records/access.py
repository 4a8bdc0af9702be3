# SPDX-License-Identifier: EUPL-1.2
"""Who takes a bid along as a case."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""The same that the page of the bid shows; names only for whom NAMES opens."""

NAMES = may(Role.OFFICIAL, Role.AUDITOR)
"""Who keeps the case, and who checks it."""
