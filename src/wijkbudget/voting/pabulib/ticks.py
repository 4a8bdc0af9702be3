# SPDX-License-Identifier: EUPL-1.2
"""Reads the votes of a file in which voters ticked plans, many rows at once where all of them are plain."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wijkbudget.voting.pabulib.election import VOTES
from wijkbudget.voting.rules import Ballots

_PIECE = 2**14
"""So many characters are split at a time; a longer row is not plain, and may be too long."""

_COMMA, _SEMICOLON, _NEWLINE, _QUOTE, _SPACE = b',;\n" '

_WORD = 8
"""The bytes of an id that is plain: as many as fit in one whole number."""
_KEPT = np.array([2 ** (8 * length) - 1 for length in range(_WORD + 1)] + [0], np.uint64)
"""What to keep of a word for each length of an id, and nothing of what is longer."""


def plain_ticks(text: str, start: int, header: Sequence[str], ids: Sequence[str]) -> Ballots | None:
    """Return the ballots in the rows from a place in a text to its end, or None if they are not all plain.

    Plain are rows without quotes, of as many cells as the header, whose votes name projects of the file or nobody; what
    is not must be read row by row, and may be wrong. Groups come in the order in which they were first seen.
    """
    if not ids or max(len(id_.encode()) for id_ in ids) > _WORD:
        return None
    known, columns = _Known(ids), len(header)
    voters: set[str] = set()
    groups: dict[bytes, int] = {}
    for piece in _pieces(text, start):
        cells = _cells(piece, columns)
        if cells is None:
            return None
        voters.update(map(str.strip, cells[header.index("voter_id") :: columns]))
        written = Counter(cells[header.index("vote") :: columns])
        ticked = known.ticked(list(written))
        if ticked is None:
            return None
        for pairs, count in zip(ticked, written.values(), strict=True):
            groups[pairs] = groups.get(pairs, 0) + count
    cast = sum(groups.values())
    if len(voters) < cast or "" in voters or cast > VOTES.rows_max:
        return None
    del voters
    return Ballots.grouped(tuple(ids), groups, {Fraction(1): array("q", groups.values())} if groups else {})


def _pieces(text: str, start: int) -> Iterator[str]:
    """Yield rows, many at a time; in the parts of one that is too long there are too few cells."""
    end = len(text.rstrip("\r\n"))
    while start < end:
        cut = text.rfind("\n", start, start + _PIECE) + 1 or start + _PIECE
        yield text[start : min(cut, end)]
        start = cut


def _cells(piece: str, column_count: int) -> list[str] | None:
    """Return the cells of some rows one after another, or None if the rows are not plain."""
    rows = piece.replace("\r\n", "\n").removesuffix("\n") + "\n"
    try:
        found = np.frombuffer(rows.encode(), np.uint8)
    except UnicodeEncodeError:
        return None
    stops = found[(found == _SEMICOLON) | (found == _NEWLINE)]
    row = np.array([_SEMICOLON] * (column_count - 1) + [_NEWLINE], np.uint8)
    if len(stops) % column_count or (stops.reshape(-1, column_count) != row).any():
        return None
    if (found == _QUOTE).any() or np.count_nonzero(found < _SPACE) > len(stops) // column_count:
        return None
    return rows.replace("\n", ";").split(";")[:-1]


class _Known:
    """The projects of a file, each id as one whole number."""

    def __init__(self, ids: Sequence[str]) -> None:
        words = np.array([int.from_bytes(id_.encode(), "little") for id_ in ids], np.uint64)
        self._places = np.argsort(words)
        self._words = words[self._places]

    def ticked(self, votes: Sequence[str]) -> Iterable[bytes] | None:
        """Return for each vote the places of what it ticks, each with a one, in turns; None if a vote is not plain."""
        content = ";".join(votes).encode() + b";" + bytes(_WORD)
        letters = np.frombuffer(content, np.uint8)
        ends = np.flatnonzero((letters == _COMMA) | (letters == _SEMICOLON))
        starts = np.append(0, ends[:-1] + 1)
        places = self._looked_up(content, starts, ends - starts)
        is_last = letters[ends] == _SEMICOLON
        of_vote = np.cumsum(is_last) - is_last
        if any(votes[vote].strip().lower() not in ("", "none") for vote in set(of_vote[places < 0].tolist())):
            return None
        # A second tick for the same project (Amsterdam 604 has some) counts once.
        ticks = np.sort((of_vote * len(self._places) + places)[places >= 0])
        ticks = ticks[np.diff(ticks, prepend=-1) > 0]
        pairs = np.ones((len(ticks), 2), np.int32)
        of_vote, pairs[:, 0] = np.divmod(ticks, len(self._places))
        cuts = np.append(0, np.cumsum(np.bincount(of_vote, minlength=len(votes))) * pairs.strides[0])
        flat = pairs.tobytes()
        return (flat[begin:end] for begin, end in pairwise(cuts.tolist()))

    def _looked_up(self, content: bytes, starts: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the place of each id that is written from a start on for some length, or -1."""
        words = np.ndarray(len(content) - _WORD + 1, "<u8", content, strides=(1,))[starts]
        words &= _KEPT[np.minimum(lengths, _WORD + 1)]
        at = np.minimum(np.searchsorted(self._words, words), len(self._words) - 1)
        return np.where(self._words[at] == words, self._places[at], -1)
