# SPDX-License-Identifier: EUPL-1.2
"""Who may play a vote again with other voices."""

from wijkbudget.kit.actor import Role, may

REPLAY = may(Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.AUDITOR)
"""Who chooses a rule or checks it, and sees who gave time anyway: numbers for one rule after another tell how much
time people gave."""
