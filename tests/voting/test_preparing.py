# SPDX-License-Identifier: EUPL-1.2
"""What a round needs is worked out while others act: no act of it counts, draws codes or reads a file."""

import sys
from dataclasses import dataclass, field, replace

import pytest

from wijkbudget.kit.actor import SYSTEM
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.work import Outdated
from wijkbudget.voting import queries, seed, service
from wijkbudget.voting.phases import Phase
from wijkbudget.voting.schemas import ImportElection, OptionDraft

from .conftest import OFFICIAL, add_option, break_in, rows
from .test_imports import PABULIB


@dataclass
class Watched:
    """A database that notes which functions run inside an act, and lets something happen just before it."""

    inner: object
    called: set = field(default_factory=set)
    meanwhile: object = None

    def __getattr__(self, name):
        """Do everything else as the database does."""
        return getattr(self.inner, name)

    def queue(self, call):
        if self.meanwhile:
            self.meanwhile()

        def watched(session, calls):
            sys.setprofile(lambda frame, _event, _arg: self.called.add(frame.f_code.co_name))
            try:
                return call.job(session, calls)
            finally:
                sys.setprofile(None)

        self.inner.queue(replace(call, job=watched))


@pytest.fixture
def watched(desk):
    return Watched(desk.database)


@pytest.fixture
def slowly(desk, watched):
    """Return a desk at which an act is seen from inside."""
    return replace(desk, database=watched)


def vote_all(vote):
    seed.vote(vote.desk, vote.letters(), [seed.Choice(count=20, voice_hundredths=100, options=["1"])])


class TestAnAct:
    def test_opens_without_drawing_codes(self, slowly, watched, meerwijk, prepare):
        made = prepare()
        assert slowly.by(OFFICIAL).act(service.open_, "oost", made.id).phase is Phase.OPEN
        assert "open_as" in watched.called
        assert not watched.called & {"draft_opening", "new_code", "keyed_hash", "residents", "voices"}

    def test_closes_and_counts_without_counting(self, slowly, watched, clock, vote):
        vote_all(vote)
        clock.forward(days=14)
        slowly.act(service.close, "oost", vote.id)
        slowly.act(service.count, "oost", vote.id)
        assert {"close_as", "count_as"} <= watched.called
        assert not watched.called & {"seal", "published", "root", "tally", "count_box"}
        assert vote.faults() == []

    def test_takes_over_a_vote_without_reading_it(self, slowly, watched, meerwijk):
        command = ImportElection(name="Elders", text=PABULIB)
        slowly.by(OFFICIAL).act(service.import_pabulib, "oost", command)
        assert "import_pabulib" in watched.called
        assert not watched.called & {"read", "tally", "published"}

    def test_turns_rounds_without_counting(self, slowly, watched, clock, vote):
        vote_all(vote)
        clock.forward(days=14)
        assert [slowly.act(service.advance, "oost").moved for _day in range(3)] == [[vote.id], [vote.id], []]
        assert not watched.called & {"seal", "tally"}


class TestWhatChangedMeanwhile:
    def test_stops_an_opening(self, desk, slowly, watched, meerwijk, prepare):
        made = prepare()
        late = OptionDraft(about="late", title="Late", cost_cents=1)
        watched.meanwhile = lambda: desk.act(add_option, "oost", made.id, late)
        with pytest.raises(Outdated):
            slowly.by(OFFICIAL).act(service.open_, "oost", made.id)
        assert (made.view().phase, made.letters()) == (Phase.PREPARED, [])
        assert rows(desk, "SELECT count(*) FROM voting_register") == [(0,)]
        watched.meanwhile = None
        slowly.by(OFFICIAL).act(service.open_, "oost", made.id)
        assert (len(made.view().options), made.faults()) == (5, [])

    def test_stops_a_close(self, desk, slowly, watched, clock, vote):
        vote_all(vote)
        clock.forward(days=14)
        watched.meanwhile = lambda: desk.by(SYSTEM).act(break_in, "UPDATE voting_box SET marks = '{\"2\":1}'")
        with pytest.raises(Outdated):
            slowly.act(service.close, "oost", vote.id)
        assert vote.view().phase is Phase.OPEN
        assert rows(desk, "SELECT count(*) FROM voting_sealed") == [(0,)]

    def test_stops_a_second_count(self, desk, slowly, watched, vote):
        vote_all(vote)
        vote.close()
        watched.meanwhile = lambda: desk.act(service.count, "oost", vote.id)
        with pytest.raises(WrongState):
            slowly.act(service.count, "oost", vote.id)
        assert rows(desk, "SELECT count(*) FROM voting_outcome") == [(1,)]
        assert desk.ask(queries.outcome, "oost", vote.id).winners[0].key == "1"

    def test_lets_the_clock_try_again(self, desk, slowly, watched, vote):
        vote_all(vote)
        vote.close()
        watched.meanwhile = lambda: desk.act(service.count, "oost", vote.id)
        assert slowly.act(service.advance, "oost").moved == []
        assert vote.view().phase is Phase.COUNTED
