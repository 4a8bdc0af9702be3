# SPDX-License-Identifier: EUPL-1.2
"""House rules that no linter knows."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for folder in ("src", "tools")
    for path in (ROOT / folder).rglob("*.py")
    if path.parent.name != "versions"  # a migration is one list of tables, as Alembic writes it
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
OURS = Path(__file__).relative_to(ROOT).as_posix()
LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")

LICENCE = "# SPDX-License-Identifier: EUPL-1.2"
LINES_PER_FILE_MAX = 300
ALONE_LINES_MAX = {"recount.py": 360}
"""A script that strangers run is one file that imports nothing of ours; it counts every tally, so it is longer."""
LONGEST = 50
"""How many lines a function takes at most."""
VAGUE_FILES = {"utils", "util", "helpers", "common", "misc", "manager", "base", "core", "shared"}
VAGUE_VERBS = re.compile(r"_?(process|handle|manage|update|do)(_|$)")
NAMED_BY_SQLALCHEMY = {"process_bind_param", "process_result_value"}
VAGUE_CLASSES = re.compile(r"(Manager|Helper|Helpers|Util|Utils|Processor)$")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)")
SILENCED_WITH_REASON = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[a-z0-9, -]+\]|pragma: no \w+) [-#(] ?\w")
FRACTIONS = {"tallies"}
"""Folders whose numbers are exact fractions, so that `/` loses nothing."""
DAY_OF_A_MOMENT = re.compile(r"(clock\(\)|\bnow)\.date\(\)")
"""A moment has another day in Greenwich than in the Netherlands, an hour or two each night."""
COUNTED_UNITS = re.compile(r"_(cents|minutes|shares)(_max|_min)?$")


@dataclass(frozen=True)
class File:
    """What the rules look at in a file."""

    name: str
    lines: Sequence[str]
    docstring: str | None
    imported: frozenset[str | None]
    functions: Mapping[str, int]
    """How many lines each takes; of a name that is there twice the longest."""
    classes: Sequence[str]
    rounded: Sequence[str]
    """Divisions of money, time or percentages that may lose something."""
    floats: Sequence[str]

    @property
    def is_source(self) -> bool:
        return not self.name.startswith("tests/")

    def matching(self, sought: re.Pattern[str], allowed: re.Pattern[str] | None = None) -> Iterator[str]:
        """Yield lines with something in them; this file may name what it looks for."""
        for number, line in enumerate(self.lines, 1):
            if self.name != OURS and sought.search(line) and not (allowed and allowed.search(line)):
                yield f"{self.name}:{number}"


@cache
def read(path: Path) -> File:
    """Read and parse a file, once for all rules."""
    text = path.read_text()
    tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    functions: dict[str, int] = {}
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions[node.name] = max(functions.get(node.name, 0), node.end_lineno - node.lineno + 1)
    is_exact = bool(FRACTIONS & set(path.parts))
    divisions = [node for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return File(
        name=path.relative_to(ROOT).as_posix(),
        lines=text.splitlines(),
        docstring=ast.get_docstring(tree),
        imported=frozenset(node.module for node in nodes if isinstance(node, ast.ImportFrom)),
        functions=functions,
        classes=[node.name for node in nodes if isinstance(node, ast.ClassDef)],
        rounded=[
            ast.unparse(node) for node in divisions if not is_exact and (_counts(node.left) or _is_hundred(node.right))
        ],
        floats=[ast.unparse(node) for node in calls if node.func.id == "float"],
    )


def files() -> list[File]:
    return [read(path) for path in SOURCES + TESTS]


def sources() -> list[File]:
    return [file for file in files() if file.is_source]


class TestEveryFile:
    def test_fits_in_the_head(self):
        most = {file.name: ALONE_LINES_MAX.get(Path(file.name).name, LINES_PER_FILE_MAX) for file in files()}
        assert [file.name for file in files() if len(file.lines) > most[file.name]] == []

    def test_begins_with_what_it_is_for(self):
        begun = {file.name for file in files() if file.docstring and file.lines[:1] == [LICENCE]}
        assert [file.name for file in files() if file.name not in begun or file.lines[1][:3] != '"""'] == []

    def test_keeps_its_annotations_for_run_time(self):
        assert [file.name for file in files() if "__future__" in file.imported] == []

    def test_has_a_name_that_says_something(self):
        assert [file.name for file in files() if Path(file.name).stem in VAGUE_FILES] == []

    def test_gives_a_reason_for_what_it_silences(self):
        assert [line for file in files() for line in file.matching(SILENCED, SILENCED_WITH_REASON)] == []

    def test_is_finished(self):
        assert [line for file in files() for line in file.matching(UNFINISHED)] == []


class TestEverySource:
    def test_has_functions_that_fit_in_the_head(self):
        long = [(file.name, name) for file in sources() for name, lines in file.functions.items() if lines > LONGEST]
        assert long == []

    def test_has_functions_that_say_what_they_do(self):
        named = [(file.name, name) for file in sources() for name in sorted(file.functions)]
        assert [each for each in named if VAGUE_VERBS.match(each[1]) and each[1] not in NAMED_BY_SQLALCHEMY] == []

    def test_has_classes_that_say_what_they_are(self):
        named = [(file.name, name) for file in sources() for name in file.classes]
        assert [each for each in named if VAGUE_CLASSES.search(each[1])] == []

    def test_divides_no_money_or_time_but_by_whole_numbers(self):
        assert [(file.name, each) for file in sources() for each in file.rounded] == []

    def test_makes_no_floats(self):
        assert [(file.name, each) for file in sources() for each in file.floats] == []

    def test_takes_the_day_of_a_moment_from_the_calendar_of_the_netherlands(self):
        assert [line for file in sources() for line in file.matching(DAY_OF_A_MOMENT)] == []

    def test_is_found(self):
        assert len(sources()) > 300
        assert OURS in {file.name for file in files()}


class TestTheLocks:
    @pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
    def test_hold_hashes_and_no_address(self, lock):
        text = lock.read_text()
        pinned = re.findall(r"^[A-Za-z0-9._-]+==", text, re.MULTILINE)
        hashed = re.findall(r"^[A-Za-z0-9._-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
        assert len(pinned) == len(hashed) > 0
        assert "://" not in text
        assert "index" not in text

    def test_agree(self):
        production, development = (set(re.findall(r"^[^ ]+==[^ ]+", lock.read_text(), re.MULTILINE)) for lock in LOCKS)
        assert production < development


def _counts(node):
    """Return whether a name says that it counts cents, minutes or shares."""
    name = getattr(node, "id", None) or getattr(node, "attr", "")
    return COUNTED_UNITS.search(name) is not None


def _is_hundred(node):
    return isinstance(node, ast.Constant) and node.value == 100
