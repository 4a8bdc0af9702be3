# SPDX-License-Identifier: EUPL-1.2
"""Photos as JPEG: those that telephones make.

Source: ITU-T T.81, annex B (segments); CIPA DC-008 (Exif), 4.6.2 (the header) and 4.6.4 (which side is up).
"""

import re
from collections.abc import Iterator

from wijkbudget.kit.uploads.picture import is_modest

_SCAN, _END, _EXIF, _COLOUR, _COMMENT = 0xDA, 0xD9, 0xE1, 0xEE, 0xFE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_APPLICATIONS = range(0xE1, 0xF0)
_HIDDEN = (frozenset(_APPLICATIONS) | {_COMMENT}) - {_COLOUR}
"""The segments that cameras and programs write their own things in; only the one about colour is kept."""

_MARKER = re.compile(rb"\xff++([^\x00\xd0-\xd7])", re.DOTALL)
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""Ends a scan; it begins at the last sign of a row of fill, so that a long row is read once and not over and over."""

_SIDES = range(2, 9)
_ORIENTATION = 0x0112


class _Jpeg:
    key = "jpeg"
    media_type = "image/jpeg"
    begins = b"\xff\xd8\xff"

    def clean(self, content: bytes) -> bytes | None:
        """Return the photo with which side is up, without places, names and what follows it; None if it is broken."""
        segments = list(_segments(content))
        kinds = [kind for kind, _segment in segments]
        if kinds[-1:] != [_END] or _SCAN not in kinds or not _FRAMES & set(kinds):
            return None
        if not all(_is_modest(segment) for kind, segment in segments if kind in _FRAMES):
            return None
        side = next((_side_up(segment) for kind, segment in segments if kind == _EXIF), 1)
        shown = [segment for kind, segment in segments if kind not in _HIDDEN]
        return b"".join([content[:2], _side_segment(side) if side in _SIDES else b"", *shown])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each segment with its kind, the data of a scan with the scan; ends early where the file is broken."""
    position = 2
    while marker := _MARKER.match(content, position):
        kind, start = marker[1][0], marker.end()
        if kind == _END:
            yield kind, b"\xff\xd9"
            return
        end = start + int.from_bytes(content[start : start + 2])
        if end < start + 2 or end > len(content):
            return
        if kind == _SCAN:
            after = _NEXT_MARKER.search(content, end)
            if after is None:
                return
            end = after.start()
        yield kind, bytes([0xFF, kind]) + content[start:end]
        position = end


def _is_modest(frame: bytes) -> bool:
    """Return whether a frame names a size that can be opened."""
    height, width = int.from_bytes(frame[5:7]), int.from_bytes(frame[7:9])
    return is_modest(width, height)


def _side_up(segment: bytes) -> int:
    """Return which side of the photo is up, 1 where it does not say."""
    tiff = segment[10:]
    if segment[4:10] != b"Exif\0\0" or tiff[:2] not in (b"II", b"MM"):
        return 1
    little = tiff[:2] == b"II"

    def number(start: int, length: int) -> int:
        return int.from_bytes(tiff[start : start + length], "little" if little else "big")

    directory = number(4, 4)
    for entry in range(directory + 2, directory + 2 + 12 * number(directory, 2), 12):
        if number(entry, 2) == _ORIENTATION:
            return number(entry + 8, 2)
    return 1


def _side_segment(side: int) -> bytes:
    """Return an Exif segment that says which side is up, and nothing else."""
    entry = _ORIENTATION.to_bytes(2) + b"\x00\x03\x00\x00\x00\x01" + side.to_bytes(2) + b"\x00\x00"
    exif = b"Exif\0\0" + b"MM\x00\x2a\x00\x00\x00\x08" + b"\x00\x01" + entry + b"\x00\x00\x00\x00"
    return b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif


JPEG = _Jpeg()
