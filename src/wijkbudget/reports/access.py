# SPDX-License-Identifier: EUPL-1.2
"""Who may read the money and the public record."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""Everybody follows the money; the record was made without what points at a person."""
