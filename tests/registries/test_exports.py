# SPDX-License-Identifier: EUPL-1.2
"""What every export promises in every format, and every format for any rows."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic.alias_generators import to_camel

from tests.challenges.conftest import MOWING, Hood
from tests.conftest import NOW
from tests.worlds import found_meerwijk, settle_in, staff
from wijkbudget.challenges import service
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.kit.fields import View
from wijkbudget.reports import exports, formats, queries
from wijkbudget.reports.exports import EXPORTS
from wijkbudget.reports.formats import FORMATS
from wijkbudget.reports.formats.csv import CSV
from wijkbudget.reports.formats.json import JSON
from wijkbudget.trail.sealing import seal
from wijkbudget.trail.work import door_of

every_export = pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
every_format = pytest.mark.parametrize("format_", FORMATS.values(), ids=FORMATS)
BEGINS_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


class AnyRow(View):
    """A row with everything that a row can hold."""

    some_text: str
    a_number: int
    an_amount: Decimal
    a_day: date
    a_moment: datetime
    an_id: UUID | None
    some_facts: dict[str, int]


letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
texts = st.builds(str.__add__, st.sampled_from(("", *BEGINS_FORMULA)), letters)
cents = st.integers(-(10**15), 10**15)
rows_of_any = st.lists(
    st.builds(
        dict,
        some_text=texts,
        a_number=cents,
        an_amount=cents.map(lambda amount: Decimal(amount).scaleb(-2)),
        a_day=st.dates(),
        a_moment=st.datetimes(),
        an_id=st.none() | st.uuids(),
        some_facts=st.dictionaries(texts, cents, max_size=2),
    ).map(AnyRow.model_validate),
    max_size=3,
)


def read_csv(text):
    """Return the cells of a file as a spreadsheet opens it, the names of the columns first."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def send_in_a_bid(desk, clock):
    """Let two residents of Oost send in a bid on a task."""
    residents, officials = settle_in(desk, "oost", 2), staff(desk, "oost")
    official = officials[Role.OFFICIAL]
    task_id = desk.by(official).act(service.list_task, "oost", MOWING).id
    Hood(desk, clock, residents, officials, official, official, official, task_id).submitted()


@pytest.fixture(name="rows")
def rows_of_a_founded_house(desk, clock):
    """Return what an export yields in a house where budgets were granted and a bid was sent in, and all was sealed."""
    found_meerwijk(desk)
    send_in_a_bid(desk, clock)
    desk.act(seal)

    def rows(export):
        year = 2025 if export.of_a_year else None
        return desk.by(GUEST).rows(queries.export, "oost", export.key, year)

    return rows


@every_export
class TestEveryExport:
    def test_is_named_after_its_file(self, export):
        assert type(export).__module__ == f"{exports.__name__}.{export.key}"

    def test_is_for_everybody(self, export):
        assert Role.GUEST in door_of(queries.export).may.any

    def test_names_its_columns_as_the_api_does(self, export):
        aliases = [info.alias for info in export.row.model_fields.values()]
        assert aliases == [to_camel(name) for name in export.row.model_fields]

    def test_yields_rows_one_by_one(self, export, rows):
        found = rows(export)
        assert isinstance(next(found), export.row)
        found.close()


@every_export
@every_format
class TestEveryExportInEveryFormat:
    def test_is_whole(self, export, format_, rows):
        pieces = list(format_.write(export.row, rows(export)))
        count = len(list(rows(export)))
        assert count > 0
        assert len(pieces) == count + 1
        assert all(pieces)

    def test_without_rows_is_whole_too(self, export, format_):
        assert "".join(format_.write(export.row, [])) in {
            "[]\n",
            "\ufeff" + ",".join(to_camel(name) for name in export.row.model_fields) + "\r\n",
        }


@every_export
class TestBothFormats:
    def test_say_the_same(self, export, rows):
        names, *cells = read_csv("".join(CSV.write(export.row, rows(export))))
        told = json.loads("".join(JSON.write(export.row, rows(export))))
        for row, each in zip(cells, told, strict=True):
            assert list(each) == names
            for name, cell in zip(names, row, strict=True):
                value = each[name]
                if isinstance(value, dict):
                    assert json.loads(cell) == value
                else:
                    assert cell.replace("+00:00", "Z") == ("" if value is None else str(value))


@every_format
class TestEveryFormat:
    def test_is_named_after_its_file(self, format_):
        assert type(format_).__module__ == f"{formats.__name__}.{format_.key}"

    def test_waits_for_each_row(self, format_):
        def three_and_no_more():
            for number in range(3):
                yield AnyRow(
                    some_text="",
                    a_number=number,
                    an_amount=Decimal(0),
                    a_day=NOW.date(),
                    a_moment=NOW,
                    an_id=None,
                    some_facts={},
                )
            raise AssertionError

        pieces = format_.write(AnyRow, three_and_no_more())
        assert all(next(pieces) for _each in range(3))


class TestCsv:
    @given(rows_of_any)
    def test_can_be_read_back(self, rows):
        names, *cells = read_csv("".join(CSV.write(AnyRow, rows)))
        assert names == ["someText", "aNumber", "anAmount", "aDay", "aMoment", "anId", "someFacts"]
        assert [row[0] for row in cells] == [
            f"'{row.some_text}" if row.some_text.startswith(BEGINS_FORMULA) else row.some_text for row in rows
        ]
        assert [(int(row[1]), Decimal(row[2])) for row in cells] == [(row.a_number, row.an_amount) for row in rows]
        assert [date.fromisoformat(row[3]) for row in cells] == [row.a_day for row in rows]
        assert [json.loads(row[6]) for row in cells] == [row.some_facts for row in rows]

    @given(rows_of_any)
    def test_has_no_formula_in_any_cell_of_text(self, rows):
        _names, *cells = read_csv("".join(CSV.write(AnyRow, rows)))
        texts = [cell for row in cells for position, cell in enumerate(row) if position not in (1, 2)]
        assert [cell for cell in texts if cell.startswith(BEGINS_FORMULA)] == []

    @given(rows_of_any)
    def test_ends_every_line_as_rfc_4180_says(self, rows):
        written = list(CSV.write(AnyRow, rows))
        assert [piece for piece in written if not piece.endswith("\r\n")] == []
        assert {len(row) for row in read_csv("".join(written))} == {7}

    def test_begins_with_a_mark_so_that_a_spreadsheet_reads_the_letters(self):
        assert next(CSV.write(AnyRow, [])).encode().startswith(b"\xef\xbb\xbfsomeText,")


class TestJson:
    @given(rows_of_any)
    def test_is_an_array_of_all_rows(self, rows):
        told = json.loads("".join(JSON.write(AnyRow, rows)))
        assert told == [row.model_dump(mode="json", by_alias=True) for row in rows]

    @given(rows_of_any)
    def test_keeps_amounts_exact(self, rows):
        told = json.loads("".join(JSON.write(AnyRow, rows)))
        assert [Decimal(each["anAmount"]) for each in told] == [row.an_amount for row in rows]
