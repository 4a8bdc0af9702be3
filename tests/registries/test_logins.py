# SPDX-License-Identifier: EUPL-1.2
"""What every way to log in promises."""

import re

import pytest

from wijkbudget.identity import logins
from wijkbudget.identity.logins import LOGINS
from wijkbudget.identity.logins.offer import Provider

PROVIDERS = [Provider("gemeente", "de gemeente"), Provider("school", "school")]

every_way = pytest.mark.parametrize("way", LOGINS.values(), ids=LOGINS)


@every_way
class TestEveryWay:
    def test_is_named_after_its_file(self, way):
        assert type(way).__module__ == f"{logins.__name__}.{way.key}"

    def test_begins_at_a_page_of_ours(self, way):
        offers = list(way.offers(PROVIDERS))
        assert offers != []
        for offer in offers:
            assert re.fullmatch(r"/inloggen/[a-z/-]+", offer.path)
            assert offer.label.msgid

    def test_is_offered_once_whoever_else_is_there(self, way):
        paths = [offer.path for each in LOGINS.values() for offer in each.offers(PROVIDERS)]
        assert len(paths) == len(set(paths))
