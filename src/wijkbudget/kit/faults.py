# SPDX-License-Identifier: EUPL-1.2
"""What a domain's own proof yields when something is wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it must be: which promise, about what, and how it shows."""

    promise: str
    about: str
    shows: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.promise}: {self.about}: {self.shows}"
