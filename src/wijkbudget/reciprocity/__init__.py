# SPDX-License-Identifier: EUPL-1.2
"""Time that people give, and how it earns a voice."""
