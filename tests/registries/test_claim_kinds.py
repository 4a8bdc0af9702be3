# SPDX-License-Identifier: EUPL-1.2
"""What every kind of claim promises."""

from importlib import import_module
from pathlib import Path

import pytest

from wijkbudget.vouchers.claims import kinds
from wijkbudget.vouchers.claims.kinds import KINDS
from wijkbudget.vouchers.claims.kinds.kind import Kind
from wijkbudget.vouchers.claims.schemas import FileClaim

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@every_kind
class TestEveryKind:
    def test_is_named_after_its_file(self, kind: Kind):
        assert getattr(import_module(f"{kinds.__name__}.{kind.key}"), kind.key.upper()) is kind

    def test_asks_what_a_claim_can_say_and_each_thing_once(self, kind: Kind):
        assert kind.needs | kind.allows <= set(FileClaim.model_fields) - {"kind", "amount_cents"}
        assert not kind.needs & kind.allows

    def test_knows_where_money_goes_if_any_goes(self, kind: Kind):
        asked = kind.needs | kind.allows
        assert ("iban" in asked) == kind.is_paid
        assert not kind.pays_supplier or "supplier" in kind.needs
        assert not kind.is_advance or kind.is_paid
        assert not (kind.is_advance and kind.covers_advance)

    def test_says_what_was_bought_unless_nothing_was_yet(self, kind: Kind):
        assert ("lines" in kind.needs) != (kind.is_advance or kind.category is not None)

    def test_stands_in_the_recipe(self, kind: Kind):
        recipe = (Path(__file__).parents[2] / "docs" / "recipes" / "claim-kind.md").read_text()
        assert f"| `{kind.key}` | " in recipe
