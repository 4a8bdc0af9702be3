# SPDX-License-Identifier: EUPL-1.2
"""The ways a request can be refused; each domain subclasses them beside its rules.

* Refusal
  - BadInput     what was sent cannot be read
  - NotAllowed   you may not do this
  - NotFound     there is no such thing, or not for you
  - Conflict     somebody else was first, or this was already done differently
  - RuleBroken   the rules of the neighbourhood forbid this
  - TooMany      too many tries; wait
  - Busy         the house is full for a moment; try again
  - Unreachable  what the house stands on does not answer; try again
"""

from wijkbudget.kit.text import Text, _


class Refusal(Exception):
    """A refusal that a person can understand; anything else is a bug."""

    def __init__(self, text: Text, *, article: str | None = None) -> None:
        """Keep the sentence and the article of the by-law it rests on, if any."""
        super().__init__(str(text))
        self.text = text
        self.article = article


class BadInput(Refusal):
    """What was sent cannot be read; `fields` says what is wrong with which field."""

    def __init__(self, text: Text, *, fields: dict[str, Text] | None = None) -> None:
        """Keep the sentence and one sentence for each field that is wrong."""
        super().__init__(text)
        self.fields = fields or {}


class NotAllowed(Refusal):
    """You may not do this."""


class NotFound(Refusal):
    """There is no such thing, or not for you."""


class Conflict(Refusal):
    """Somebody else was first, or this was already done differently."""


class RuleBroken(Refusal):
    """The rules of the neighbourhood forbid this."""


class TooMany(Refusal):
    """Too many tries; wait."""

    def __init__(self, text: Text, *, wait_seconds: int) -> None:
        """Keep the sentence and how long to wait."""
        super().__init__(text)
        self.wait_seconds = wait_seconds


class Busy(Refusal):
    """The house is full for a moment; nothing was changed."""

    def __init__(self) -> None:
        """Say it in one sentence."""
        super().__init__(_("It is very busy. Nothing was changed. Try again in a moment."))


class Unreachable(Refusal):
    """What the house stands on, such as its database, does not answer; the sentence says what that means."""

    def __init__(self, text: Text | None = None) -> None:
        """Say that nothing was changed, or what else is known."""
        super().__init__(text or _("We cannot reach our records now. Nothing was changed. Try again in a moment."))
