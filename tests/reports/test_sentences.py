# SPDX-License-Identifier: EUPL-1.2
"""Every event of every domain can be said on the public record, in Dutch, without what points at a person."""

import re
from dataclasses import fields

import pytest

from wijkbudget.app import templating
from wijkbudget.app.handlers import HANDLERS
from wijkbudget.ledger.events import TimeTransferred
from wijkbudget.trail.events import kinds

assert HANDLERS, "importing the handlers declares every event"
EVENTS = {kind: event for kind, event in kinds().items() if event.__module__.startswith("wijkbudget.")}


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS.keys())
class TestEverySentence:
    def test_names_only_facts_that_everybody_may_read(self, event):
        named = set(re.findall(r"%\((\w+)\)s", event.sentence.msgid))
        assert named <= {field.name for field in fields(event)} - event.personal - {"place"}

    def test_is_there_in_dutch_with_the_same_facts(self, event):
        msgid = event.sentence.msgid
        dutch = templating.catalogues()["nl"].gettext(msgid)
        assert dutch != msgid
        assert set(re.findall(r"%\((\w+)\)s", dutch)) <= set(re.findall(r"%\((\w+)\)s", msgid))


class TestTimeInTheBooks:
    def test_is_an_event_whose_addresses_are_personal(self):
        assert TimeTransferred.personal == {"source", "target"}
