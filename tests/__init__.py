# SPDX-License-Identifier: EUPL-1.2
"""Everything that must hold, in sentences."""
