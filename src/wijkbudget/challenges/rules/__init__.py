# SPDX-License-Identifier: EUPL-1.2
"""Which tasks can be challenged, what a bid says, who stands behind it, and which state follows which."""
