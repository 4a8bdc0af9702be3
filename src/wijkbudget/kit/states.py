# SPDX-License-Identifier: EUPL-1.2
"""The refusal of what does not fit the state a thing is in; each domain has its own table of states."""

from wijkbudget.kit.errors import Conflict


class WrongState(Conflict):
    """The thing is no longer, or not yet, in the state this needs."""
