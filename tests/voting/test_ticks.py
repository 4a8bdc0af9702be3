# SPDX-License-Identifier: EUPL-1.2
"""Votes that are read many rows at once: the same as row by row, or left to be read so."""

from random import Random

import pytest

from wijkbudget.voting.pabulib import read, ticks
from wijkbudget.voting.pabulib.ticks import plain_ticks


class TestPlainTicks:
    IDS = ("1", "10", "2", "L005", "żółw", "none so", "none")
    HEADER = ("voter_id", "age", "vote")

    def test_are_grouped_as_they_are_row_by_row(self, monkeypatch):
        random = Random(7)
        ticked = [",".join(random.choices(self.IDS, k=random.randint(0, 4))) for _voter in range(400)]
        projects = "".join(f"{id_};1\n" for id_ in self.IDS)
        votes = "".join(f"v{number};;{vote}\r\n" for number, vote in enumerate([*ticked, "None"]))
        begin = "META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
        text = f"{begin}{projects}VOTES\n{';'.join(self.HEADER)}\n{votes}"
        # Many pieces, the ends of which must not show.
        monkeypatch.setattr(ticks, "_PIECE", 100)
        plain = plain_ticks(text, len(text) - len(votes), self.HEADER, self.IDS)
        by_row = read(text.replace("v0;", '"v0";')).ballots
        assert list(plain) == list(by_row) == list(read(text).ballots)
        assert (plain.starts, plain.counts) == (by_row.starts, by_row.counts)

    @pytest.mark.parametrize(
        "row",
        [
            '"ann";34;1',
            "ann;34;1, 2",
            "ann;34;3",
            "ann;34;1,",
            "ann;34",
            "ann;34;1;",
            "bo;34;1",
            " bo ;34;1",
            " ;34;1",
            "",
            "VOTES",
            "ann;3\t4;1",
            "ann;3\0;1",
            "ann;3\ud800;1",
            "ann;34;1\rcas;34;1",
            "ann;34;" + "1," * 40_000 + "1",
            "ann;34;" + "1," * 40_000 + ";",
        ],
        ids=lambda row: row[:16].strip(),
    )
    def test_are_left_to_be_read_by_row_where_one_is_not_plain(self, row):
        assert plain_ticks(f"bo;34;2,1\n{row}\ncas;;\n", 0, self.HEADER, self.IDS) is None

    def test_are_left_where_an_id_is_long_or_there_are_none(self):
        assert plain_ticks("bo;34;\n", 0, self.HEADER, ("123456789",)) is None
        assert plain_ticks("bo;34;\n", 0, self.HEADER, ()) is None
