# SPDX-License-Identifier: EUPL-1.2
"""What every kind of voucher promises."""

from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest

from wijkbudget.ledger import chart
from wijkbudget.ledger.rules import Unit
from wijkbudget.vouchers import kinds
from wijkbudget.vouchers.kinds import KINDS
from wijkbudget.vouchers.kinds.kind import Kind

SUBJECT = UUID(int=1)

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@every_kind
class TestEveryKind:
    def test_is_named_after_its_file(self, kind: Kind):
        assert getattr(import_module(f"{kinds.__name__}.{kind.key}"), kind.key.upper()) is kind

    def test_holds_euro_cents_of_one_pot_and_never_less_than_nothing(self, kind: Kind):
        account, rest = kind.account("oost", 2026, SUBJECT), kind.rest("oost", 2026)
        assert (account.unit, account.has_floor, rest.unit) == (Unit.CENT, True, Unit.CENT)
        of_pot = chart.read_address(account.address)
        assert of_pot is not None
        assert (of_pot.pot.place, of_pot.pot.year, of_pot.about) == ("oost", 2026, SUBJECT)

    def test_stands_in_the_recipe_with_who_holds_it_and_how_money_leaves_it(self, kind: Kind):
        recipe = (Path(__file__).parents[2] / "docs" / "recipes" / "voucher-kind.md").read_text()
        assert f"| `{kind.key}` | `{kind.holder}`: " in recipe
        assert f" | `{kind.use}`: " in recipe

    def test_has_codes_of_its_own(self, kind: Kind):
        assert sum(each.code_purpose == kind.code_purpose for each in KINDS.values()) == 1
