# SPDX-License-Identifier: EUPL-1.2
"""Pictures as PNG.

Source: W3C, Portable Network Graphics (third edition), 5 (chunks) and 11 (their contents).
"""

import zlib

from wijkbudget.kit.uploads.inflate import INFLATED_MAX, TooLarge, inflate
from wijkbudget.kit.uploads.picture import is_modest

_SHOWN = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"})
"""The chunks that say how the picture looks; texts, places and times are left out."""

_HEADER_BYTES = 25

_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many numbers a pixel is, by the kind of colour."""


class _Png:
    key = "png"
    media_type = "image/png"
    begins = b"\x89PNG\r\n\x1a\n"

    def clean(self, content: bytes) -> bytes | None:
        """Return the picture without texts and without what follows it, or None if it is broken."""
        kept, kinds, position = [self.begins], list[bytes](), len(self.begins)
        while kinds[-1:] != [b"IEND"]:
            length, kind = int.from_bytes(content[position : position + 4]), content[position + 4 : position + 8]
            end = position + 12 + length
            if end > len(content) or zlib.crc32(content[position + 4 : end - 4]) != int.from_bytes(
                content[end - 4 : end]
            ):
                return None
            if kind in _SHOWN:
                kept.append(content[position:end])
            kinds.append(kind)
            position = end
        if kinds[0] != b"IHDR" or b"IDAT" not in kinds or not _is_modest(kept[1]):
            return None
        pixels = b"".join(chunk[8:-4] for chunk in kept[1:] if chunk[4:8] == b"IDAT")
        return b"".join(kept) if _is_picture(kept[1], pixels) else None


def _is_modest(header: bytes) -> bool:
    """Return whether a header chunk names a size that can be opened."""
    if len(header) != _HEADER_BYTES:
        return False
    width, height = int.from_bytes(header[8:12]), int.from_bytes(header[12:16])
    return is_modest(width, height)


def _is_picture(header: bytes, pixels: bytes) -> bool:
    """Return whether the pixels are as many as the header says, and nothing is hidden behind them."""
    width, height, depth = int.from_bytes(header[8:12]), int.from_bytes(header[12:16]), header[16]
    row_bytes = (width * depth * _SAMPLES.get(header[17], 0) + 7) // 8
    # A picture that comes in seven rounds has up to twice as many rows, each with a byte of its own and one to fill.
    most = min(height * (row_bytes + 1) + (4 * height + 64 if header[20] else 0), INFLATED_MAX)
    try:
        opened = inflate(pixels, most)
    except TooLarge:
        return False
    return opened.is_whole and row_bytes > 0


PNG = _Png()
