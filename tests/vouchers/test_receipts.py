# SPDX-License-Identifier: EUPL-1.2
"""What is kept of a file that somebody sends as a receipt, and which files are refused."""

import base64
import re
import struct
import zlib
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vouchers.conftest import png
from wijkbudget.kit.uploads.sent import FileUnreadable
from wijkbudget.vouchers import receipts
from wijkbudget.vouchers.receipts import RECEIPTS
from wijkbudget.vouchers.seed import Bought, receipt_pdf

PDF = receipt_pdf(
    Bought(supplier="De Linde (Oost)", number="7", bought_on=date(2026, 3, 2), amount_cents=12_505, payee="A. Bewoner")
)


ASCII85 = base64.a85encode(zlib.compress(b"BT ET")) + b"~>"
BOMB = zlib.compress(bytes(101_000_000), 9)


def segment(kind, content):
    return bytes([0xFF, kind]) + struct.pack(">H", len(content) + 2) + content


def exif(side, order="MM"):
    """Return an Exif segment as a telephone writes it, with a place besides which side is up."""
    sign = ">" if order == "MM" else "<"
    entries = struct.pack(f"{sign}HHIHH", 0x0112, 3, 1, side, 0) + struct.pack(f"{sign}HHII", 0x8825, 4, 1, 99)
    tiff = order.encode() + struct.pack(f"{sign}HIH", 42, 8, 2) + entries + b"\0\0\0\0" + b"GPS 52.0907 N"
    return segment(0xE1, b"Exif\0\0" + tiff)


def jpeg(*before, size=(640, 480), after=b"\xff\xd9"):
    """Return the segments of a photo, with data that holds a stuffed byte and a restart marker."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, size[1], size[0], 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + b"".join(before) + frame + scan + after


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


class TestKind:
    @pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (jpeg(), "jpeg"), (png(), "png")])
    def test_is_told_by_the_content(self, content, kind):
        file = receipts.read(content)
        assert (file.kind, file.content) == (kind, content)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"GIF89a",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"PK\x03\x04",
            b"MZ",
            b"\n%PDF-1.4",
            b"\xff\xd8",
        ],
    )
    def test_of_anything_else_is_refused(self, content):
        with pytest.raises(FileUnreadable):
            receipts.read(content)

    @given(st.sampled_from([PDF, jpeg(exif(6)), png()]), st.data())
    def test_never_crashes_on_a_file_that_was_altered(self, content, data):
        position = data.draw(st.integers(0, len(content) - 1))
        altered = content[:position] + data.draw(st.binary(max_size=4)) + content[position + 1 :]
        with suppress(FileUnreadable):
            receipts.read(altered)

    @given(st.sampled_from([PDF, jpeg(), png()]), st.data())
    def test_of_a_part_of_a_file_is_refused(self, content, data):
        with pytest.raises(FileUnreadable):
            receipts.read(content[: data.draw(st.integers(0, len(content) - 2))])

    @given(st.sampled_from([PDF, jpeg(exif(6), b""), jpeg(segment(0xFE, b"x")), png(1, chunk(b"tEXt", b"a\0b"))]))
    def test_cleaned_twice_is_cleaned_once(self, content):
        once = receipts.read(content)
        assert receipts.read(once.content) == once

    def test_is_registered_under_its_own_name(self):
        assert {key: kind.media_type for key, kind in RECEIPTS.items()} == {
            "pdf": "application/pdf",
            "jpeg": "image/jpeg",
            "png": "image/png",
            "ubl": "application/xml",
        }


class TestJpeg:
    @pytest.mark.parametrize("order", ["MM", "II"])
    def test_keeps_which_side_is_up_and_not_where_it_was_taken(self, order):
        kept = receipts.read(jpeg(exif(6, order))).content
        assert b"GPS" not in kept
        assert kept[2:].startswith(b"\xff\xe1\x00\x22Exif\0\0MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03")
        assert kept.replace(kept[2:38], b"") == jpeg()

    def test_loses_comments_and_what_programs_wrote(self):
        written = (
            segment(0xFE, b"made by Jan"),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
            segment(0xED, b"8BIM"),
        )
        assert receipts.read(jpeg(*written)).content == jpeg()

    def test_loses_what_follows_its_end(self):
        assert receipts.read(jpeg(after=b"\xff\xd9<script>alert(1)</script>")).content == jpeg()

    def test_is_read_once_however_long_a_row_of_fill_it_holds(self):
        # Read again from each sign of the row, this takes hours.
        for fill in (b"\xff" * 1_000_000 + b"\x00", b"\xff" * 1_000_000):
            assert receipts.read(jpeg(after=fill + b"\xff\xd9")).kind == "jpeg"

    @pytest.mark.parametrize("size", [(0, 480), (640, 0), (20_000, 20_000)])
    def test_is_refused_with_a_size_that_cannot_be_opened(self, size):
        with pytest.raises(FileUnreadable):
            receipts.read(jpeg(size=size))


class TestPng:
    def test_loses_texts_and_what_follows_its_end(self):
        hidden = chunk(b"tEXt", b"Author\0Jan") + chunk(b"eXIf", b"MM\0*") + chunk(b"tIME", b"1234567")
        assert receipts.read(png(1, hidden) + b"PK\x03\x04").content == png(1)

    def test_is_refused_with_a_wrong_checksum(self):
        broken = bytearray(png())
        broken[20] ^= 1
        with pytest.raises(FileUnreadable):
            receipts.read(bytes(broken))

    @pytest.mark.parametrize("behind", [bytes(4_000_000), b"", b"\0"])
    def test_is_refused_with_more_or_less_in_it_than_its_size_says(self, behind):
        packed = zlib.compress(bytes(4) + behind) if behind else zlib.compress(bytes(4))[:-1]
        content = png()
        bomb = content[:33] + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
        with pytest.raises(FileUnreadable):
            receipts.read(bomb)

    def test_is_refused_with_something_hidden_behind_its_pixels(self):
        content = png()
        packed = zlib.compress(bytes(4)) + b"<script>alert(1)</script>"
        with pytest.raises(FileUnreadable):
            receipts.read(content[:33] + chunk(b"IDAT", packed) + chunk(b"IEND", b""))

    def test_is_refused_with_a_size_that_cannot_be_opened(self):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
        bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
        with pytest.raises(FileUnreadable):
            receipts.read(bomb)


def pdf(*streams, info=b""):
    """Return a PDF that holds these streams, each with what is said of it."""
    content, places = b"%PDF-1.5\n", []
    for number, (said, inside) in enumerate([(b"/Type /Catalog " + info, None), *streams], 1):
        places.append(len(content))
        body = b"" if inside is None else b"\nstream\n" + inside + b"\nendstream"
        length = b"" if inside is None else b" /Length %d" % len(inside)
        content += b"%d 0 obj\n<< %s%s >>%s\nendobj\n" % (number, said, length, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(content))
    return content + head + end


FLATE = b"/Filter /FlateDecode"


class TestPdf:
    def test_loses_who_made_it_and_keeps_its_length(self):
        told = b"/Author (Jan \\(thuis\\)) /Title <4A616E> /Producer () /Subject (x)"
        said = [
            (b"/Type /Metadata", b"<x:xmpmeta>Jan</x:xmpmeta>"),
            (b"/Type /Metadata " + FLATE, zlib.compress(b"J" * 99)),
        ]
        content = pdf(*said, (b"", b"BT (Jan) Tj ET"), info=told)
        kept = receipts.read(content).content
        assert len(kept) == len(content)
        assert kept.count(b"Jan") == 1
        assert b"/Title <000000>" in kept
        assert receipts.read(kept).content == kept

    def test_loses_it_from_objects_that_are_packed_together_too(self):
        told = b"1 0 2 60 << /Author (Jan (thuis) \\) en Piet) /Title <4A616E> /Producer (Jan) >> << /Type /Page >>"
        content = pdf((b"/Type /ObjStm /N 2 /First 9 " + FLATE, zlib.compress(told)), (b"/Type /ObjStm /N 1", told))
        kept = receipts.read(content).content
        packed, plain = re.findall(rb"(?<!end)stream\n(.*?)\nendstream", kept, re.DOTALL)
        for opened in (zlib.decompressobj().decompress(packed), plain):
            assert (len(opened), b"Jan" in opened, b"Piet" in opened) == (len(told), False, False)
            assert opened.endswith(b" >> << /Type /Page >>")
        assert (len(kept), receipts.read(kept).content) == (len(content), kept)

    def test_loses_it_from_objects_that_are_named_elsewhere(self):
        head = b"7 0 8 6 "
        told = head + b"(Jan) <4A616E> /Author 9 0 R"
        named = b"/First %d /N 2 " % len(head)
        content = pdf(
            (b"/Type /ObjStm " + named + FLATE, zlib.compress(told)), (b"/Type /ObjStm " + named, told),
            (b">> endobj 9 0 obj (Jan) endobj 10 0 obj (Jan) endobj 11 0 obj <<", None),
            info=b"/Author 7 0 R /Title 8 0 R",
        )  # fmt: skip
        kept = receipts.read(content).content
        packed, plain = re.findall(rb"(?<!end)stream\n(.*?)\nendstream", kept, re.DOTALL)
        without = head + b"(   ) <000000> /Author 9 0 R"
        assert (zlib.decompressobj().decompress(packed), plain) == (without, without)
        assert b"9 0 obj (   ) endobj 10 0 obj (Jan) endobj" in kept
        assert (len(kept), receipts.read(kept).content) == (len(content), kept)

    def test_is_kept_as_it_is_with_pages_that_open_to_something_modest(self):
        content = pdf((FLATE, zlib.compress(bytes(1_000_000))), (b"/Filter [/ASCII85Decode /FlateDecode]", ASCII85))
        assert receipts.read(content).content == content

    @pytest.mark.parametrize(
        "stream",
        [
            (FLATE, BOMB),
            (b"/Filter /#46lateDecode", BOMB),
            (b"/Filter [/ASCII85Decode /FlateDecode]", base64.a85encode(BOMB) + b"~>"),
            (b"/Filter [/FlateDecode /FlateDecode]", zlib.compress(zlib.compress(b"x"))),
            (b"/Filter /LZWDecode", b"\x80\x0b"),
            (b"/Type /ObjStm " + FLATE, zlib.compress(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")),
            (b"/Type /ObjStm /DecodeParms << /Predictor 12 >> " + FLATE, zlib.compress(b"\x02" * 30)),
            (b"/Type /ObjStm " + FLATE, b"not packed"),
            (b"/Encrypt 9 0 R", b"x"),
            (b"/S /Java#53cript", b"x"),
        ],
        ids=[
            "bomb",
            "named otherwise",
            "in letters",
            "twice",
            "another way",
            "hidden action",
            "predicted",
            "broken",
            "locked",
            "action",
        ],
    )
    def test_is_refused_when_it_hides_what_it_becomes(self, stream):
        with pytest.raises(FileUnreadable):
            receipts.read(pdf(stream))

    def test_is_refused_when_it_is_an_archive_too(self):
        comment = PDF[-40:]
        end = b"PK\x05\x06" + bytes(16) + len(comment).to_bytes(2, "little")
        with pytest.raises(FileUnreadable):
            receipts.read(PDF[:-40] + end + comment)

    @pytest.mark.parametrize("action", [b"/JavaScript", b"/Launch", b"/RichMedia"])
    def test_is_refused_with_something_that_starts_by_itself(self, action):
        with pytest.raises(FileUnreadable):
            receipts.read(PDF.replace(b"/Type /Catalog", b"/Type /Catalog " + action))

    def test_is_refused_with_something_behind_it(self):
        with pytest.raises(FileUnreadable):
            receipts.read(PDF + b"PK\x03\x04")

    def test_is_refused_when_its_table_is_not_where_it_says(self):
        with pytest.raises(FileUnreadable):
            receipts.read(PDF.replace(b"startxref\n", b"startxref\n1"))
