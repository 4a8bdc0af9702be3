# SPDX-License-Identifier: EUPL-1.2
"""Every verb and question of every domain: its door, its neighbourhood, and the few that leave no entry."""

import inspect
from importlib import import_module
from pkgutil import walk_packages

import pytest

import wijkbudget
from wijkbudget.app.tables import METADATA
from wijkbudget.db.types import Table
from wijkbudget.trail.work import Door, Work, name_of


def _doors():
    found = {}
    for module in walk_packages(wijkbudget.__path__, "wijkbudget."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        for function in vars(import_module(module.name)).values():
            if inspect.isfunction(function) and isinstance(getattr(function, "door", None), Door):
                found[function] = function.door
    return found


DOORS = _doors()
TABLES = {kind.__name__: kind for kind in Table.__subclasses__() if kind.__module__.startswith("wijkbudget.")}

SILENT = {
    "challenges.answer_survey": "an entry would tell who answered about neighbours; the counts say how many",
    "identity.log_out": "the end of a visit changes nothing of the neighbourhood",
    "trail.count": "a wrong try changes nothing of the neighbourhood",
    "trail.finish": "the errand's own act said what happened",
    "trail.forget": "what was answered stands in the trail already",
    "trail.hold": "who holds the clock changes nothing of the neighbourhood",
    "trail.seal": "the seal is about the trail, not in it",
    "voting.cast": "an entry would tell when somebody voted; the ballot key makes it idempotent",
    "voting.enter": "an entry would tell in which order ballots were entered; the sheet says how many there were",
    "voting.receive": "an entry would tell when an envelope was opened; the count of all says how many there were",
}
"""The only verbs that leave no entry in the trail, each with its reason."""


@pytest.mark.parametrize("function", DOORS, ids=name_of)
class TestEveryDoor:
    def test_is_about_one_neighbourhood_or_the_whole_municipality(self, function):
        _look, *rest = inspect.signature(function).parameters
        assert DOORS[function].municipal or rest[0] in ("place", "_place")
        assert not (DOORS[function].municipal and rest[:1] == ["place"])

    def test_says_who_may(self, function):
        assert DOORS[function].may.any | DOORS[function].may.own

    def test_is_silent_only_by_name(self, function):
        assert DOORS[function].silent == SILENT.get(name_of(function))

    def test_moves_nothing_where_it_only_looks(self, function):
        look = next(iter(inspect.signature(function).parameters.values()))
        assert look.annotation is Work or not (DOORS[function].once or DOORS[function].silent)


def test_every_silent_verb_is_there():
    assert {name_of(function) for function, door in DOORS.items() if door.silent} == set(SILENT)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
class TestEveryTable:
    def test_says_which_columns_are_personal(self, table):
        assert table.personal <= {column.name for column in METADATA.tables[table.__tablename__].columns}

    def test_holds_amounts_in_64_bits(self, table):
        columns = METADATA.tables[table.__tablename__].columns
        amounts = [each for each in columns if each.name.endswith(("_cents", "_minutes")) or each.name == "amount"]
        assert [each.name for each in amounts if str(each.type) != "BIGINT"] == []


def test_every_table_is_of_our_own_kind():
    assert {table.__tablename__ for table in TABLES.values()} == set(METADATA.tables)
