# SPDX-License-Identifier: EUPL-1.2
"""Papers as PDF.

Source: ISO 32000-1, 7.3.5 (names), 7.4 (filters), 7.5 (structure of a file), 12.6.4 (actions) and 14.3 (metadata).
"""

import base64
import re
import zlib
from collections.abc import Collection, Iterable, Iterator

from wijkbudget.kit.uploads.inflate import INFLATED_MAX, TooLarge, inflate

_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"\s*(xref\b|\d{1,10}\s+\d{1,5}\s+obj\b)")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA|SubmitForm|ImportData)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream(\r\n|\n)")
_LETTERS = re.compile(rb"/(ASCII85Decode|A85)\b")
_OTHERWISE = re.compile(rb"/(Predictor|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL)\b")
_FLATE = re.compile(rb"/(FlateDecode|Fl)\b")
_TOLD = rb"Author|Creator|Producer|Title|Subject|Keywords|Company|Manager|SourceModified"
_TEXT = re.compile(rb"/(?:" + _TOLD + rb")\s*(?=\(|<(?!<))")
_ELSEWHERE = re.compile(rb"/(?:" + _TOLD + rb")\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_OBJECT = re.compile(rb"\b(\d{1,10})\s+\d{1,5}\s+obj\s*(?=\(|<(?!<))")
_PACKED = b"/ObjStm"
_FIRST = re.compile(rb"/First\s+(\d{1,10})")
_SIGN = re.compile(rb"\\.|[()]", re.DOTALL)
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
        parts, left = list(_parts(content)), INFLATED_MAX
        for outside, inside in parts:
            names = _names(outside)
            if _ACTIVE.search(names) or b"/Encrypt" in names or b"/LZWDecode" in names:
                return None
            size = _size_when_opened(_about(outside), inside, left)
            if size is None:
                return None
            left -= size
        return _without_maker(parts, _told_elsewhere(content, parts))


def _names(outside: bytes) -> bytes:
    """Return the words before some data with their names written out."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), outside)


def _about(outside: bytes) -> bytes:
    """Return what the words before some data say of it."""
    names = _names(outside)
    return names[names.rfind(b"obj") :]


def _without_maker(parts: Iterable[tuple[bytes, bytes]], elsewhere: Collection[bytes]) -> bytes | None:
    """Return the parts of a file as one without who made it; None if that would not fit in its place."""
    kept = []
    for outside, inside in parts:
        about = _about(outside)
        data = _objects_untold(about, inside, elsewhere) if _PACKED in about else _unsaid(about, inside)
        if data is None:
            return None
        begins = [found.end() for found in _OBJECT.finditer(outside) if found[1] in elsewhere]
        kept += [_untold(outside, begins), data]
    return b"".join(kept)


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


def _told_elsewhere(content: bytes, parts: Iterable[tuple[bytes, bytes]]) -> frozenset[bytes]:
    """Return the numbers of the objects in which stands who made a file, where that is not said in place.

    Source: ISO 32000-1, 7.3.10 (indirect objects).
    """
    packed = (inside for outside, inside in parts if _PACKED in (about := _about(outside)) and _FLATE.search(about))
    words = [content, *(inflate(inside, INFLATED_MAX).head for inside in packed)]
    return frozenset(number for each in words for number in _ELSEWHERE.findall(each))


def _objects_untold(about: bytes, inside: bytes, elsewhere: Collection[bytes]) -> bytes | None:
    """Return data that holds words of the file itself without who made it; None if that would not fit in its place.

    Source: ISO 32000-1, 7.5.7 (object streams). What is packed in another way cannot be seen here.
    """
    if b"/Filter" not in about:
        return _untold(inside, _begins_of(about, inside, elsewhere))
    opened = inflate(inside, INFLATED_MAX).head
    if not opened or _OTHERWISE.search(about):
        return None
    untold = _untold(opened, _begins_of(about, opened, elsewhere))
    packed = inside if untold == opened else zlib.compress(untold, zlib.Z_BEST_COMPRESSION)
    return packed.ljust(len(inside), b"\n") if len(packed) <= len(inside) else None


def _begins_of(about: bytes, opened: bytes, elsewhere: Collection[bytes]) -> list[int]:
    """Return where the texts among packed objects begin that say who made a file. Source: ISO 32000-1, 7.5.7."""
    first = _FIRST.search(about)
    if not first:
        return []
    numbers = opened[: int(first[1])].split()
    found = zip(numbers[::2], numbers[1::2], strict=False)
    return [int(first[1]) + int(offset) for number, offset in found if number in elsewhere and offset.isdigit()]


def _untold(words: bytes, begins: Iterable[int]) -> bytes:
    """Return the words of a file without who made it: spaces or zeros where that stood, here and in some more texts."""
    told = bytearray(words)
    for begin in (*begins, *(found.end() for found in _TEXT.finditer(words))):
        end = _end_of_text(words, begin)
        told[begin + 1 : end] = (b"0" if words[begin : begin + 1] == b"<" else b" ") * (end - begin - 1)
    return bytes(told)


def _end_of_text(words: bytes, begin: int) -> int:
    """Return where a text ends that begins here; brackets within it come in pairs. One without an end is none.

    Source: ISO 32000-1, 7.3.4.2 and 7.3.4.3.
    """
    if words[begin : begin + 1] == b"<":
        return max(words.find(b">", begin), begin + 1)
    depth = 0
    for sign in _SIGN.finditer(words, begin):
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
        if not depth:
            return sign.start()
    return begin + 1


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
