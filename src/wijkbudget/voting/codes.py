# SPDX-License-Identifier: EUPL-1.2
"""Voting codes as people type them, and the one refusal for all that open nothing."""

from wijkbudget.kit.codes import read_code
from wijkbudget.kit.errors import BadInput, NotAllowed
from wijkbudget.kit.text import _

CODE_TRIES = "voting code"
"""What wrong tries of voting codes are counted under."""


class CodeMistyped(BadInput):
    """The check symbol does not fit: somebody made a typing mistake."""


class WrongCode(NotAllowed):
    """A code that opens no ballot, whatever the reason."""


def typed_code(typed: object) -> object:
    """Return the sixteen symbols of a voting code as somebody typed it. Raises CodeMistyped."""
    if not isinstance(typed, str):
        return typed
    code = read_code(typed)
    if code is None:
        text = _("There is a typing mistake in this code. Look at your letter: it has 16 letters and digits.")
        raise CodeMistyped(text, fields={"code": text})
    return code


def wrong_code() -> WrongCode:
    """Return the one refusal for every code that opens no ballot, so that it tells nothing about why."""
    return WrongCode(_("You cannot vote with this code. Look at your letter: the code and the days of the vote."))
