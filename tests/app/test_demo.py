"""The demo: a finished year in Oost and an open vote in West, exactly as promised."""

from wijkbudget.app.proof import first_fault
from wijkbudget.identity import queries as identity
from wijkbudget.initiatives import queries as initiatives
from wijkbudget.initiatives.rules import State
from wijkbudget.kit.actor import Role
from wijkbudget.reports import queries as reports
from wijkbudget.voting import queries as voting
from wijkbudget.voting.phases import Phase


def round_of(house, place):
    return house.desk.ask(voting.round_, place, house.desk.ask(voting.rounds, place)[0].id)


class TestOost:
    def test_is_the_larger_and_has_fourteen_initiatives(self, house):
        assert house.desk.ask(identity.counts, "oost").resident_count == 1_560
        states = [each.state for each in house.desk.ask(initiatives.initiatives, "oost")]
        assert (len(states), states.count(State.DONE), states.count(State.NOT_CHOSEN)) == (14, 9, 5)

    def test_keeps_two_voice_classes_of_which_the_smaller_meets_the_minimum(self, house):
        rules = round_of(house, "oost").rules
        sizes = {each.voice_hundredths: each.voters for each in rules.classes}
        assert sizes == {100: 1_243, 125: 84}
        assert sizes[125] >= rules.voters_per_class_min
        assert len(rules.merged) == 1

    def test_counted_450_ballots_and_differs_from_equal_voices_in_one_project(self, house):
        round_ = round_of(house, "oost")
        outcome = house.desk.ask(voting.outcome, "oost", round_.id)
        assert round_.phase is Phase.FINAL
        assert sum(each.voters for each in outcome.ballots) == 450
        assert len(outcome.winners) == 9
        other = next(each for each in outcome.equal.options if each.about == outcome.differs[0])
        assert (len(outcome.differs), other.title) == (1, "Muurschildering in de tunnel")

    def test_accounts_for_every_euro(self, house):
        year = house.desk.ask(reports.pots, "oost")[0].year
        pot = house.desk.ask(reports.money, "oost", year).pot
        parts = {part.part: part.amount_cents for part in pot.parts}
        assert (parts["free"], parts["reserved"], parts["committed"]) == (0, 0, 0)
        assert pot.granted_cents == parts["paid"] + parts["returned"] == 75_000_00


class TestWest:
    def test_votes_now_with_one_class_because_the_other_was_too_small(self, house):
        round_ = round_of(house, "west")
        assert round_.phase is Phase.OPEN
        assert [(each.voice_hundredths, each.voters) for each in round_.rules.classes] == [(100, 518)]
        assert str(round_.rules.merged[0]).startswith("Too few voters have a voice of 1.25: 30, and 80 are needed.")
        assert house.desk.ask(identity.counts, "west").resident_count == 600

    def test_shows_plans_in_every_state(self, house):
        states = {each.title: each.state for each in house.desk.ask(initiatives.initiatives, "west")}
        assert states["Zwembad in het park"] is State.INFEASIBLE
        assert states["Ruilkast voor speelgoed"] is State.PROPOSED
        assert sorted(states.values()).count(State.ON_BALLOT) == 6


def test_has_people_in_every_role(house):
    roles = {grant.role for grant in house.desk.ask(identity.grants, "oost")}
    assert roles == set(Role) - {Role.GUEST, Role.RESIDENT, Role.SYSTEM}


def test_proves_itself(house):
    assert house.desk.ask(first_fault) is None
