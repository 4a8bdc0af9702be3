# SPDX-License-Identifier: EUPL-1.2
"""Rows as a file for a spreadsheet.

Source: RFC 4180 (commas, CRLF, quotes around what needs them). Choice: UTF-8 with a byte order mark, because Excel
takes a file without one for another alphabet and spoils every é; who reads it by program has JSON.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping

from pydantic.alias_generators import to_camel

from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.fields import View

_MARK = "\ufeff"
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Source: OWASP, CSV Injection; the last four are the wide forms of the first four."""


class _Line:
    """Where the csv writer writes: it gives the line back."""

    def write(self, line: str) -> str:
        return line


class _Csv:
    key = "csv"
    media_type = "text/csv; header=present"

    def write(self, row: type[View], rows: Iterable[View]) -> Iterator[str]:
        """Yield a line of names, and a line for each row."""
        line = csv.writer(_Line(), lineterminator="\r\n").writerow
        yield _MARK + str(line([to_camel(name) for name in row.model_fields]))
        for each in rows:
            yield str(line([_cell(getattr(each, name)) for name in row.model_fields]))


def _cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula; numbers are left as they are."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return canonical(value).decode()
    if isinstance(value, str) and value.startswith(_BEGINS_FORMULA):
        return f"'{value}"
    return str(getattr(value, "isoformat", lambda: value)())


CSV = _Csv()
