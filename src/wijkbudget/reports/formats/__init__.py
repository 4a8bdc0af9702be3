# SPDX-License-Identifier: EUPL-1.2
"""The kinds of file that any rows can be written as.

To add one: write `reports/formats/<key>.py` after the example of `csv.py`, then name it below.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from wijkbudget.kit.fields import View
from wijkbudget.kit.registry import Registry
from wijkbudget.kit.text import _
from wijkbudget.reports.formats.csv import CSV
from wijkbudget.reports.formats.json import JSON
from wijkbudget.reports.rules import FormatUnknown


class Format(Protocol):
    """A way to write rows; the columns are their fields, named as in the API."""

    key: str
    media_type: str

    def write(self, row: type[View], rows: Iterable[View]) -> Iterator[str]:
        """Yield the file in pieces, about one for each row; joined they are the whole."""
        ...


FORMATS: Registry[Format] = Registry(JSON, CSV)
"""By key; the key is what an address names, and the end of a file's name. The first is for who names none."""


def choose(key: str | None, preferred: Callable[[list[str]], str | None]) -> Format:
    """Return the format with a key, or else the one of the media type that a reader prefers. Raises FormatUnknown."""
    by_type = {each.media_type.partition(";")[0]: each for each in FORMATS.values()}
    chosen = FORMATS.get(key) if key is not None else by_type.get(preferred(list(by_type)) or "", JSON)
    if chosen is None:
        sentence = _("Choose one of these: %(keys)s.", keys=", ".join(FORMATS))
        raise FormatUnknown(sentence, fields={"format": sentence})
    return chosen
