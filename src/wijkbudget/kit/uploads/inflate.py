# SPDX-License-Identifier: EUPL-1.2
"""Opens compressed data no further than it may become, however small the file is that it stands in."""

import zlib
from dataclasses import dataclass

INFLATED_MAX = 100_000_000
"""Choice: what a file may become when it is opened, in bytes; a page scanned in colour is a quarter of it."""

_STEP = 1 << 20


class TooLarge(Exception):
    """It would become larger than it may."""


@dataclass(frozen=True)
class Inflated:
    """What compressed data becomes."""

    size: int
    head: bytes
    """Its first megabyte."""
    is_whole: bool
    """It ends where it says, with nothing behind it."""


def inflate(content: bytes, most: int) -> Inflated:
    """Return what compressed data becomes, without ever holding all of it. Raises TooLarge; broken data ends early."""
    opener, rest, size, head = zlib.decompressobj(), content, 0, b""
    while rest and not opener.eof:
        try:
            piece = opener.decompress(rest, _STEP)
        except zlib.error:
            return Inflated(size, head, is_whole=False)
        head, size = head or piece, size + len(piece)
        if size > most:
            raise TooLarge
        rest = opener.unconsumed_tail
    return Inflated(size, head, is_whole=opener.eof and not opener.unused_data)
