# SPDX-License-Identifier: EUPL-1.2
"""While people can vote nothing tells how it goes: no page, no file, no log and no time that an answer takes."""

import logging
import re
from contextlib import contextmanager

import pytest

from tests import worlds
from tests.stores import statements
from tools.documents import routes
from wijkbudget.kit.actor import SYSTEM, Role
from wijkbudget.voting import seed

from .conftest import break_in

FORM = re.compile(r'name="(csrf_token|reference)" value="[^"]*"')
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def addresses(vote):
    """Return every address that can be read about a neighbourhood and its round."""
    named = {"place": vote.place, "round_id": str(vote.id), "year": "2026"}
    return sorted(
        re.sub(r"\{(\w+)\}", lambda found: named.get(found[1], UNKNOWN), path)
        for method, path, _handler in routes()
        if method == "GET" and "{place}" in path
    )


@contextmanager
def hidden(desk):
    """Put the box away and the days under another name: whoever looks gets no answer, so no time can tell either."""
    for box, other, day, away in (
        ("voting_box", "box_away", "voted_on", "day_away"),
        ("box_away", "voting_box", "day_away", "voted_on"),
    ):
        desk.by(SYSTEM).act(break_in, f"ALTER TABLE {box} RENAME TO {other}")
        desk.by(SYSTEM).act(break_in, f"ALTER TABLE voting_register RENAME COLUMN {day} TO {away}")
        if away == "day_away":
            yield


def read(client, paths):
    """Return what every address answers, without what is new on each form."""
    answers = {path: client.get(path) for path in paths}
    return {path: (answer.status_code, FORM.sub("", answer.text)) for path, answer in answers.items()}


class TestWhilePeopleCanVote:
    @pytest.mark.parametrize("role", [None, Role.OFFICIAL])
    def test_no_page_and_no_file_tells_how_it_goes_nor_looks(self, client, desk, vote, role):
        if role is not None:
            client.log_in(worlds.staff(desk, "oost")[role])
        paths, letters = addresses(vote), vote.letters()
        seed.vote(desk, letters[:1], [seed.Choice(count=1, voice_hundredths=100, options=["2"])])
        before = read(client, paths)
        assert sum(status == 200 for status, _text in before.values()) > 20
        seed.vote(desk, letters[1:21], [seed.Choice(count=20, voice_hundredths=100, options=["1"])])
        # Pages that are kept for strangers are made again.
        vote.clock.forward(seconds=1)
        with hidden(desk):
            assert [path for path, answer in read(client, paths).items() if answer != before[path]] == []

    def test_no_page_is_slower_because_somebody_voted(self, client, vote):
        path = f"/wijken/{vote.place}/stemrondes/{vote.id}"
        assert client.get(path).status_code == 200
        assert client.send("/api/v1/ballots", {"code": vote.letters()[0].code, "marks": {"2": 1}}).status_code == 200
        with statements() as asked:
            assert client.get(path).status_code == 200
        assert asked == []

    def test_no_log_tells_of_a_ballot(self, client, vote, caplog):
        caplog.set_level(logging.DEBUG)
        code = vote.letters()[0].code
        receipt = client.send("/api/v1/ballots", {"code": code, "marks": {"2": 1}}).json()
        told = caplog.text
        assert [word for word in (code, receipt["receipt"], receipt["signed"]["nonce"]) if word in told] == []
