# SPDX-License-Identifier: EUPL-1.2
"""Every kind of transfer: each domain declares its own beside its rules, and `docs/money.md` shows them all."""

import re
from dataclasses import dataclass, field
from typing import ClassVar

from wijkbudget.ledger.rules import Account, Transfer

_BLANK = re.compile(r"<\w+>")


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Money, time or shares that go from one kind of account to another, under a reference of one form."""

    all: ClassVar[list["Flow"]] = []
    """In the order in which they were declared."""

    happens: str
    """In plain words, for the documents."""
    by: tuple[str, ...]
    """The verbs that post it."""
    source: str
    """The kind of account: what comes before the neighbourhood in its address."""
    target: str
    reference: str
    """With a blank such as `<id>` for each thing that is filled in."""
    _form: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the flow among all."""
        words = (re.escape(word) for word in _BLANK.split(self.reference))
        object.__setattr__(self, "_form", re.compile(".+".join(words)))
        self.all.append(self)

    def reference_of(self, *filled_in: object) -> str:
        """Return the reference of one transfer."""
        blanks = iter(filled_in)
        return _BLANK.sub(lambda _blank: str(next(blanks)), self.reference)

    def transfer(self, source: Account, target: Account, amount: int, *filled_in: object) -> Transfer:
        """Return one transfer of this kind."""
        assert (kind_of(source.address), kind_of(target.address)) == (self.source, self.target)
        return Transfer(source=source, target=target, amount=amount, reference=self.reference_of(*filled_in))

    def names(self, reference: str) -> bool:
        """Return whether a reference has the form of this kind."""
        return self._form.fullmatch(reference) is not None


def kind_of(address: str) -> str:
    """Return the kind of account of an address: its first word, or its first two outside the books."""
    words = address.split(":")
    return ":".join(words[: 2 if words[0] == "external" else 1])


def find(source: str, target: str, reference: str) -> Flow | None:
    """Return of which kind a transfer is, or None if none was declared; a reversal is of the kind it undoes."""
    if reference.startswith("reverse:"):
        source, target, reference = target, source, reference.removeprefix("reverse:")
    kinds = (kind_of(source), kind_of(target))
    return next((flow for flow in Flow.all if (flow.source, flow.target) == kinds and flow.names(reference)), None)


VOID = Flow(
    happens="somebody decides that what was set apart is not needed: it goes back",
    by=("the verb that decides so",),
    source="reserved",
    target="pot",
    reference="void:<reference>",
)
EXPIRE = Flow(
    happens="nobody decided in time about what was set apart: it goes back",
    by=("ledger.expire_reserved",),
    source="reserved",
    target="pot",
    reference="expire:<reference>",
)
