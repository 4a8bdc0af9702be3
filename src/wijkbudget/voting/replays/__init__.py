# SPDX-License-Identifier: EUPL-1.2
"""What another rule for voices would have done to a vote that was counted; nothing follows from it."""
