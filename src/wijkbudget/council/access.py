# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with the council and its decisions."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""Members act in public: their names and votes are for everybody."""

RECORD_DECISION = may(Role.CHAIR)
"""The chair says what was decided; the members named can see it at once."""
