# SPDX-License-Identifier: EUPL-1.2
"""What a power cut leaves: all that was synced, and of the rest any part."""

import random

from tests.races.cuts import SECTOR_BYTES, Platter
from tests.races.disk import ACKS

CUTS = 200


def _told(*told):
    platter = Platter()
    for each in told:
        platter.follow(each)
    return platter


def _left(platter, tmp_path):
    """Return everything that cuts may leave of the file `/house`; None where it is gone."""
    chance, found = random.Random(1), set()
    for number in range(CUTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        platter.cut(folder, chance)
        file = folder / "house"
        found.add(file.read_bytes() if file.exists() else None)
    return found


MADE = (("create", "/house"), ("write", "/house", 0, b"old"), ("fsync", "/house"), ("fsyncdir", "/"))


class TestAPlatter:
    def test_keeps_what_was_synced(self, tmp_path):
        assert _left(_told(*MADE), tmp_path) == {b"old"}

    def test_may_lose_what_was_not(self, tmp_path):
        assert _left(_told(*MADE, ("write", "/house", 0, b"new")), tmp_path) == {b"old", b"new"}

    def test_may_forget_a_new_name_until_its_folder_is_synced(self, tmp_path):
        assert _left(_told(*MADE[:3]), tmp_path) == {None, b"old"}

    def test_may_tear_a_write_between_sectors(self, tmp_path):
        size = 2 * SECTOR_BYTES
        told = (("write", "/house", 0, b"o" * size), ("fsync", "/house"), ("write", "/house", 0, b"n" * size))
        old, new = b"o" * SECTOR_BYTES, b"n" * SECTOR_BYTES
        assert _left(_told(*MADE, *told), tmp_path) == {old + old, old + new, new + old, new + new}

    def test_may_keep_the_later_of_two_writes_only(self, tmp_path):
        told = (("write", "/house", 0, b"one"), ("write", "/house", 3, b"two"))
        assert b"\0\0\0two" in _left(_told(("create", "/house"), ("fsyncdir", "/"), *told), tmp_path)

    def test_renames_whole_or_not_at_all(self, tmp_path):
        told = (("create", "/half"), ("write", "/half", 0, b"new"), ("fsync", "/half"), ("rename", "/half", "/house"))
        assert _left(_told(*MADE, *told), tmp_path) == {b"old", b"new"}

    def test_remembers_what_was_confirmed(self):
        assert _told(*MADE, ("create", ACKS), ("write", ACKS, 0, b"one\n")).acks == ["one"]

    def test_remembers_a_line_that_came_in_two_parts_once_it_is_whole(self):
        half = (("create", ACKS), ("write", ACKS, 0, b"one\nt"))
        assert _told(*MADE, *half).acks == ["one"]
        assert _told(*MADE, *half, ("write", ACKS, 5, b"wo\n")).acks == ["one", "two"]
