# SPDX-License-Identifier: EUPL-1.2
"""Rows as one JSON array of objects, a line each.

Source: RFC 8259. Choice: an exact decimal is written as text, because a reader of JSON makes a fraction of it.
"""

from collections.abc import Iterable, Iterator

from wijkbudget.kit.fields import View


class _Json:
    key = "json"
    media_type = "application/json"

    def write(self, row: type[View], rows: Iterable[View]) -> Iterator[str]:  # noqa: ARG002 - each object names its fields
        """Yield the array, an object for each row."""
        between = "[\n"
        for each in rows:
            yield between + each.model_dump_json(by_alias=True)
            between = ",\n"
        yield "\n]\n" if between != "[\n" else "[]\n"


JSON = _Json()
