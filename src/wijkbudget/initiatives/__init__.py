# SPDX-License-Identifier: EUPL-1.2
"""Plans by residents: proposed, supported, assessed, voted on, granted, and followed to the last receipt."""
