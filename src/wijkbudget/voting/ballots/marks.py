# SPDX-License-Identifier: EUPL-1.2
"""What all ballots share: which marks there can be, and how a form holds them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import BadMark, BallotParameters, MarkedTwice, Option, UnknownOption

_NUMBER = re.compile(r"\d{1,6}", re.ASCII)


def known(
    marks: Mapping[str, int], options: Sequence[Option], parameters: BallotParameters, otherwise: Text
) -> dict[str, int]:
    """Return the marks above zero, by id. Raises UnknownOption, or BadMark with the sentence given."""
    if not {option.id for option in options} >= marks.keys():
        raise UnknownOption(_("Your ballot names something you cannot vote for in this round."))
    if any(type(mark) is not int or not 0 <= mark <= parameters.mark_max for mark in marks.values()):
        raise BadMark(otherwise)
    return {id_: marks[id_] for id_ in sorted(marks) if marks[id_]}


def filled_in(fields: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the marks in a form, whatever the ballot. Raises BadMark or MarkedTwice.

    A tick is `marks=<option>`, a place is `marks.<mark>=<option>`, points are `mark.<option>=<points>`; what is left
    open has no mark.
    """
    marks: dict[str, int] = {}
    for id_, mark in _fields(fields):
        if id_ in marks:
            raise MarkedTwice(_("You chose the same plan twice. Choose another plan, or leave it open."))
        marks[id_] = mark
    return marks


def _fields(fields: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int]]:
    for name, values in fields.items():
        before, _point, after = name.partition(".")
        for value in values:
            if before not in ("marks", "mark") or not value.strip():
                continue
            if before == "marks":
                yield value, _number(after) if after else 1
            else:
                yield after, _number(value.strip())


def _number(written: str) -> int:
    if _NUMBER.fullmatch(written) is None:
        raise BadMark(_("Write whole numbers, such as 3. Leave a plan open if you give it nothing."))
    return int(written)
