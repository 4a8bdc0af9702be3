# SPDX-License-Identifier: EUPL-1.2
"""Writes the log as a JSON object a line, with nothing that anybody sent us."""

import json
import logging
import traceback
from datetime import UTC, datetime

OURS = "wijkbudget"


class JsonLines(logging.Formatter):
    """Says where it went wrong, never with what: a message of an exception can hold a name or a code.

    Our own sentences are written with that in mind; of other people's only the pattern is shown, without what fills it.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        ours = record.name.partition(".")[0] == OURS
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if ours else str(record.msg),
        }
        if record.exc_info and record.exc_info[1]:
            line["errors"] = [type(error).__name__ for error in _causes(record.exc_info[1])]
            line["where"] = [
                f"{frame.filename.rpartition('/site-packages/')[2].rpartition('/src/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False)


def write_json() -> None:
    """Send every log of this process to the error stream, as lines of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(OURS).setLevel(logging.INFO)


def _causes(error: BaseException | None) -> list[BaseException]:
    """Return an exception and what it came from, newest first."""
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes
