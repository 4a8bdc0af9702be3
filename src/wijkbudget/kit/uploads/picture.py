# SPDX-License-Identifier: EUPL-1.2
"""How large a picture that somebody sends may be when it is opened."""

PIXELS_MAX = 100_000_000
"""Choice: a picture that would be larger when opened is refused, however small its file."""


def is_modest(width: int, height: int) -> bool:
    """Return whether a picture of this size can be opened."""
    return 0 < width * height <= PIXELS_MAX
