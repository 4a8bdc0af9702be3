# SPDX-License-Identifier: EUPL-1.2
"""Who may import whom: the house keeps every contract, and each contract notices a deliberate violation."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from importlinter import configuration
from importlinter.application import use_cases

ROOT = Path(__file__).parents[2]
CONFIGURATION = str(ROOT / "pyproject.toml")

configuration.configure()


@dataclass(frozen=True)
class Violation:
    """Some lines at the end of a file, an existing or a new one, that break a contract."""

    contract: str
    file: str
    lines: str = ""
    imported: str | None = None
    """A file that is made first where the house has it not, for an import of nothing is no import."""


VIOLATIONS = {
    "a package that no contract knows": Violation("domains", "utils/__init__.py"),
    "a module beside the packages": Violation("domains", "helpers.py"),
    "the ledger asks a domain above it": Violation(
        "domains", "ledger/service.py", "from wijkbudget.vouchers import service"
    ),
    "the kit knows the desk": Violation("domains", "kit/units.py", "from wijkbudget.trail import desk"),
    "a domain knows who puts it together": Violation("domains", "identity/service.py", "import wijkbudget.app"),
    "an import hides in a function": Violation(
        "domains", "ledger/service.py", "def late():\n    from wijkbudget.voting import service"
    ),
    "voting learns what an option stands for": Violation(
        "domains", "voting/service.py", "from wijkbudget.vouchers import queries"
    ),
    "the council asks its sibling": Violation(
        "domains", "council/service.py", "from wijkbudget.reciprocity import queries"
    ),
    "a file with a name that says nothing": Violation("inside", "vouchers/helpers.py"),
    "a new domain with a file of its own making": Violation("inside", "shares/manager.py"),
    "a query calls a verb": Violation(
        "inside", "vouchers/queries.py", "from wijkbudget.vouchers import service", "vouchers/service.py"
    ),
    "a verb knows a page": Violation(
        "inside", "vouchers/service.py", "from wijkbudget.vouchers import pages", "vouchers/pages.py"
    ),
    "a page calls the API": Violation(
        "inside", "vouchers/pages.py", "from wijkbudget.vouchers import api", "vouchers/api.py"
    ),
    "a tally knows a table": Violation(
        "inside", "voting/tallies/greedy.py", "from wijkbudget.voting import models", "voting/models.py"
    ),
    "a rule of a room knows a table of it": Violation(
        "rooms", "voting/paper/rules.py", "from wijkbudget.voting.paper import models"
    ),
    "a rule rolls dice": Violation("pure", "vouchers/rules.py", "import random"),
    "a rule looks at the clock": Violation("pure", "ledger/rules.py", "import time"),
    "a rule reads the database": Violation("pure", "reciprocity/rules.py", "from sqlmodel import select"),
    "a rule reads the database through a friend": Violation(
        "pure", "reciprocity/rules.py", "from wijkbudget.trail import work"
    ),
    "who may depends on the web": Violation("pure", "identity/access.py", "from litestar import Request"),
    "a ballot knows the box": Violation(
        "pure", "voting/ballots/approval.py", "from wijkbudget.voting import queries", "voting/queries.py"
    ),
    "a tool of the kit reads a file": Violation("pure", "kit/text.py", "import pathlib"),
    "a page talks to an identity provider itself": Violation(
        "logins", "identity/pages/logins.py", "from authlib.integrations import httpx_client"
    ),
    "a verb checks a token": Violation("logins", "identity/service/logins.py", "import joserfc"),
    "an errand talks to Stripe itself": Violation("stripe", "app/gifts.py", "import stripe"),
    "a voice looks at a gift": Violation(
        "gifts",
        "reciprocity/queries.py",
        "from wijkbudget.payments.contributions import queries",
        "payments/contributions/queries.py",
    ),
    "a domain reads the tables of another": Violation(
        "slices",
        "initiatives/service.py",
        "from wijkbudget.vouchers.models import Voucher",
        "vouchers/models.py",
    ),
    "a domain reads the tables in a room of another": Violation(
        "slices", "initiatives/queries.py", "from wijkbudget.voting.box import models", "voting/box/models.py"
    ),
    "a page borrows the page of another": Violation(
        "slices", "initiatives/pages.py", "from wijkbudget.vouchers import pages", "vouchers/pages.py"
    ),
}


@pytest.fixture(name="house")
def copied_house(tmp_path, monkeypatch):
    """Copy the Python files of the house, and let import-linter find the copy instead of the house."""
    copy = tmp_path / "wijkbudget"
    for source in (ROOT / "src/wijkbudget").rglob("*.py"):
        target = copy / source.relative_to(ROOT / "src/wijkbudget")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "wijkbudget", raising=False)
    return copy


def keeps(*contracts):
    """Return whether the house on the path keeps these contracts, or all; a contract that cannot be read raises."""
    return use_cases.lint_imports(CONFIGURATION, contracts, cache_dir=None, is_debug_mode=True, no_logo=True)


def add(house, file, lines):
    """Add lines to a file of the house; a new file or package is made."""
    path = house / file
    for package in reversed(path.relative_to(house).parents):
        (house / package).mkdir(exist_ok=True)
        (house / package / "__init__.py").touch()
    with path.open("a") as opened:
        opened.write(f"\n{lines}\n")


class TestTheHouse:
    @pytest.mark.usefixtures("house")
    def test_keeps_every_contract(self):
        assert keeps()


class TestTheContracts:
    @pytest.mark.parametrize("violation", VIOLATIONS.values(), ids=VIOLATIONS.keys())
    def test_report(self, house, violation):
        if violation.imported:
            add(house, violation.imported, "")
        assert keeps(violation.contract)
        add(house, violation.file, violation.lines)
        assert not keeps(violation.contract)

    def test_are_all_tried(self):
        options = use_cases.read_user_options(CONFIGURATION)
        assert {contract["id"] for contract in options.contracts_options} == {v.contract for v in VIOLATIONS.values()}
