"""State tables: which state may follow which, as data."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from wijkbudget.kit.errors import Conflict
from wijkbudget.kit.text import _

State = TypeVar("State", bound=StrEnum)


class WrongState(Conflict):
    """The thing is no longer, or not yet, in the state this needs."""


def follow(table: Mapping[State, frozenset[State]], now: State, then: State) -> State:
    """Return the next state. Raises WrongState if the table does not lead there."""
    if then not in table[now]:
        raise WrongState(_("This cannot be done any more, or not yet."))
    return then
