# SPDX-License-Identifier: EUPL-1.2
"""Where an address lies."""

import pytest

from wijkbudget.neighbourhoods.rules import AddressBook, Located, PostcodeRange

pytestmark = pytest.mark.pure


def part(quarter, first=1, last=99_999, postcode="9901AA"):
    return PostcodeRange(place="oost", quarter=quarter, postcode=postcode, first=first, last=last)


class TestTheAddressBook:
    def test_finds_the_quarter_of_a_house_number(self):
        book = AddressBook([part("a", 1, 99), part("b", 100, 250)])
        assert book.locate("9901AA", 99) == Located("oost", "a")
        assert book.locate("9901AA", 100) == Located("oost", "b")

    def test_finds_nothing_outside_the_neighbourhoods(self):
        book = AddressBook([part("a", 1, 99)])
        assert book.locate("9901AA", 100) is None
        assert book.locate("9901AB", 1) is None

    def test_tells_which_addresses_are_claimed_twice(self):
        wide, inside = part("a", 1, 99), part("b", 40, 41)
        assert list(AddressBook([inside, part("c", 100, 200), wide]).overlaps()) == [(wide, inside)]

    def test_is_content_when_each_address_is_claimed_once(self):
        assert list(AddressBook([part("a", 1, 99), part("b", 100, 200), part("c", postcode="9901AB")]).overlaps()) == []
