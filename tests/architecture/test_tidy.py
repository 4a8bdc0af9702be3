# SPDX-License-Identifier: EUPL-1.2
"""House rules that no linter knows."""

import ast
import re
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
LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")

LICENCE = "# SPDX-License-Identifier: EUPL-1.2"
LINES_PER_FILE_MAX = 300
LINES_PER_FUNCTION_MAX = 50
VAGUE_FILES = {"utils", "util", "helpers", "common", "misc", "manager", "base", "core", "shared"}
VAGUE_VERBS = re.compile(r"_?(process|handle|manage|update|do)(_|$)")
NAMED_BY_SQLALCHEMY = {"process_bind_param", "process_result_value"}
VAGUE_CLASSES = re.compile(r"(Manager|Helper|Helpers|Util|Utils|Processor)$")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)")
SILENCED_WITH_REASON = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[a-z0-9, -]+\]|pragma: no \w+) [-#(] ?\w")
FRACTIONS = {"tallies"}
"""Folders whose numbers are exact fractions, so that `/` loses nothing."""
COUNTED_UNITS = re.compile(r"_(cents|minutes|shares)(_max|_min)?$")

every_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
every_file = pytest.mark.parametrize("path", SOURCES + TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())


@every_file
class TestEveryFile:
    def test_fits_in_the_head(self, path):
        assert len(path.read_text().splitlines()) <= LINES_PER_FILE_MAX

    def test_begins_with_what_it_is_for(self, path):
        source = path.read_text()
        assert ast.get_docstring(ast.parse(source))
        assert source.startswith(f'{LICENCE}\n"""')

    def test_keeps_its_annotations_for_run_time(self, path):
        imported = {node.module for node in _nodes(path, ast.ImportFrom)}
        assert "__future__" not in imported

    def test_has_a_name_that_says_something(self, path):
        assert path.stem not in VAGUE_FILES

    def test_gives_a_reason_for_what_it_silences(self, path):
        assert not [line for line in _lines(path) if SILENCED.search(line) and not SILENCED_WITH_REASON.search(line)]

    def test_is_finished(self, path):
        assert not [line for line in _lines(path) if UNFINISHED.search(line)]


@every_source
class TestEverySource:
    def test_has_functions_that_fit_in_the_head(self, path):
        long = [node.name for node in _functions(path) if node.end_lineno - node.lineno >= LINES_PER_FUNCTION_MAX]
        assert long == []

    def test_has_functions_that_say_what_they_do(self, path):
        ours = {node.name for node in _functions(path)} - NAMED_BY_SQLALCHEMY
        assert [name for name in sorted(ours) if VAGUE_VERBS.match(name)] == []

    def test_has_classes_that_say_what_they_are(self, path):
        assert [node.name for node in _nodes(path, ast.ClassDef) if VAGUE_CLASSES.search(node.name)] == []

    def test_divides_no_money_or_time_but_by_whole_numbers(self, path):
        exact = bool(FRACTIONS & set(path.parts))
        divisions = [node for node in _nodes(path, ast.BinOp) if isinstance(node.op, ast.Div) and not exact]
        assert [ast.unparse(node) for node in divisions if _counts(node.left) or _is_hundred(node.right)] == []

    def test_makes_no_floats(self, path):
        calls = [node for node in _nodes(path, ast.Call) if isinstance(node.func, ast.Name)]
        assert [ast.unparse(node) for node in calls if node.func.id == "float"] == []


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


def _lines(path):
    """Return the lines of a file; this one may name what it looks for."""
    return [] if path == Path(__file__) else path.read_text().splitlines()


def _nodes(path, kind):
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kind)]


def _functions(path):
    return _nodes(path, ast.FunctionDef | ast.AsyncFunctionDef)


def _counts(node):
    """Return whether a name says that it counts cents, minutes or shares."""
    name = getattr(node, "id", None) or getattr(node, "attr", "")
    return COUNTED_UNITS.search(name) is not None


def _is_hundred(node):
    return isinstance(node, ast.Constant) and node.value == 100
