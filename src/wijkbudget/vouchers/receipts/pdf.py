# SPDX-License-Identifier: EUPL-1.2
"""Receipts as PDF.

Source: ISO 32000-1, 7.3.5 (names), 7.4 (filters), 7.5 (structure of a file), 12.6.4 (actions) and 14.3 (metadata).
"""

import base64
import re
import zlib
from collections.abc import Iterator

from wijkbudget.vouchers.receipts.inflate import INFLATED_MAX, TooLarge, inflate

_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"\s*(xref\b|\d{1,10}\s+\d{1,5}\s+obj\b)")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA|SubmitForm|ImportData)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream(\r\n|\n)")
_LETTERS = re.compile(rb"/(ASCII85Decode|A85)\b")
_OTHERWISE = re.compile(rb"/(Predictor|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL)\b")
_FLATE = re.compile(rb"/(FlateDecode|Fl)\b")
_TOLD = rb"Author|Creator|Producer|Title|Subject|Keywords|Company|Manager|SourceModified"
_TEXT = re.compile(rb"/(?:" + _TOLD + rb")\s*\(")
_SIGN = re.compile(rb"\\.|[()]", re.DOTALL)
_HEX = re.compile(rb"/(?:" + _TOLD + rb")\s*<([0-9A-Fa-f\s]*)>")
_END_BYTES = 1024
_ZIP_END, _ZIP_END_BYTES, _ZIP_TAIL_BYTES = b"PK\x05\x06", 22, 22 + 0xFFFF


class _Pdf:
    key = "pdf"
    media_type = "application/pdf"
    begins = b"%PDF-"

    def clean(self, content: bytes) -> bytes | None:
        """Return the file without who made it and with what, of the same length so that its table holds.

        None if it is broken or locked, is another kind of file too, can start something, or becomes too large.
        """
        end = _END.search(content, max(0, len(content) - _END_BYTES))
        # A reader begins at the end, which says where the table of objects begins.
        if end is None or not _TABLE.match(content, int(end[1])) or _is_zip(content):
            return None
        parts, left = [], INFLATED_MAX
        for outside, inside in _parts(content):
            names = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), outside)
            if _ACTIVE.search(names) or b"/Encrypt" in names or b"/LZWDecode" in names:
                return None
            about = names[names.rfind(b"obj") :]
            size = _size_when_opened(about, inside, left)
            if size is None:
                return None
            left -= size
            kept = _objects_untold(about, inside) if b"/ObjStm" in about else _unsaid(about, inside)
            if kept is None:
                return None
            parts += [_untold(outside), kept]
        return b"".join(parts)


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the words of a file and the data behind them, in turn."""
    position = 0
    while begin := _STREAM.search(content, position):
        end = content.find(b"endstream", begin.end())
        if end < 0:
            break
        yield content[position : begin.end()], content[begin.end() : end]
        position = end
    yield content[position:], b""


def _size_when_opened(about: bytes, inside: bytes, most: int) -> int | None:
    """Return how large data becomes, or None if that is too large, or if something in it can start by itself."""
    filters = len(_FLATE.findall(about))
    if not filters:
        return 0
    if _LETTERS.search(about):
        try:
            inside = base64.a85decode(inside.partition(b"~>")[0])
        except ValueError:
            return None
    try:
        opened = inflate(inside, most)
    except TooLarge:
        return None
    hides = b"/ObjStm" in about and (_ACTIVE.search(opened.head) or opened.size > len(opened.head))
    return None if hides or filters > 1 else opened.size


def _objects_untold(about: bytes, inside: bytes) -> bytes | None:
    """Return data that holds words of the file itself without who made it; None if that would not fit in its place.

    Source: ISO 32000-1, 7.5.7 (object streams). What is packed in another way cannot be seen here.
    """
    if b"/Filter" not in about:
        return _untold(inside)
    opened = inflate(inside, INFLATED_MAX).head
    if not opened or _OTHERWISE.search(about):
        return None
    untold = _untold(opened)
    packed = inside if untold == opened else zlib.compress(untold, zlib.Z_BEST_COMPRESSION)
    return packed.ljust(len(inside), b"\n") if len(packed) <= len(inside) else None


def _untold(words: bytes) -> bytes:
    """Return the words of a file without who made it: spaces where that stood."""
    told = bytearray(words)
    for found in _TEXT.finditer(words):
        begin, end = found.end(), _end_of_text(words, found.end())
        told[begin:end] = b" " * (end - begin)
    words = bytes(told)
    return _HEX.sub(lambda found: found[0].replace(found[1], b"0" * len(found[1])) if found[1] else found[0], words)


def _end_of_text(words: bytes, begin: int) -> int:
    """Return where a text ends that begins here; brackets within it come in pairs. One without an end is none.

    Source: ISO 32000-1, 7.3.4.2.
    """
    depth = 1
    for sign in _SIGN.finditer(words, begin):
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
        if not depth:
            return sign.start()
    return begin


def _unsaid(about: bytes, inside: bytes) -> bytes:
    """Return data without what it says, if all that it says is who made the file and with what."""
    if b"/Metadata" not in about:
        return inside
    nothing = zlib.compress(b"") if _FLATE.search(about) else b""
    return nothing.ljust(len(inside), b"\n") if len(nothing) <= len(inside) else inside


def _is_zip(content: bytes) -> bool:
    """Return whether a file is an archive too: that one ends in a comment, which can be the end of a PDF."""
    place = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_TAIL_BYTES))
    if place < 0:
        return False
    comment_bytes = int.from_bytes(content[place + 20 : place + _ZIP_END_BYTES], "little")
    return place + _ZIP_END_BYTES + comment_bytes == len(content)


PDF = _Pdf()
