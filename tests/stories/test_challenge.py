# SPDX-License-Identifier: EUPL-1.2
"""Two bids on their way, as the group, the officials and a guest find them: one is being done, one was refused."""

from uuid import UUID

import pytest

from tests.challenges.conftest import Hood, settle
from tests.challenges.histories import brought
from tests.stories.town import Town
from tests.stories.visitor import Visitor
from tests.worlds import open_session
from wijkbudget.challenges.rules.states import Move
from wijkbudget.kit.actor import Actor, Role

HERE = "/wijken/oost/uitdagingen"
TO_WORK = (
    *(Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE, Move.MAKE_READY),
    *(Move.AWARD, Move.DRAFT, Move.SIGN, Move.ENTER_INTO, Move.LOOK_BACK),
)
TO_OBJECTION = (Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL, Move.REFUSE, Move.OBJECT)


@pytest.mark.browser
@pytest.mark.parametrize("town", [True], ids=["javascript"], indirect=True)
class TestABidOnItsWay:
    def test_is_followed_by_its_group_the_officials_and_a_guest(self, town: Town) -> None:
        hood = settle(town.house.desk, town.house.clock)
        refused, done = brought(hood, *TO_OBJECTION).id, brought(hood, *TO_WORK).id
        the_group_reads_how_its_work_goes(town, hood, done)
        the_case_worker_reads_what_waits(town, hood, refused)
        another_official_reads_the_objection(town, hood, refused)
        a_guest_reads_it_in_short(town, done)
        assert town.house.fault() is None
        assert not town.look.found, "\n".join(town.look.found)


def the_group_reads_how_its_work_goes(town: Town, hood: Hood, challenge_id: UUID) -> None:
    town.at_a_phone("Anna")
    anna = _let_in(town, "Anna", hood.anna)
    anna.opens(f"{HERE}/{challenge_id}")
    anna.sees("er wordt teruggekeken", "Schrijf op wat jullie vinden")
    anna.unfolds("Lees de hele uitdaging")
    anna.sees("Een van ons is hovenier.")
    anna.follows("Hoe het werk gaat")
    anna.opens(f"{HERE}/{challenge_id}")
    anna.follows("Lees de overeenkomst")
    anna.sees("door beide kanten getekend")


def the_case_worker_reads_what_waits(town: Town, hood: Hood, challenge_id: UUID) -> None:
    town.at_a_desk("Pieter")
    pieter = _let_in(town, "Pieter", hood.staff[Role.OFFICIAL])
    pieter.opens(f"{HERE}/{challenge_id}")
    pieter.sees("De gemeente heeft nee gezegd.")
    pieter.follows("Brieven over deze uitdaging")
    pieter.opens(f"{HERE}/{challenge_id}/onderzoek")
    pieter.opens(f"{HERE}/{challenge_id}/proefblad")


def another_official_reads_the_objection(town: Town, hood: Hood, challenge_id: UUID) -> None:
    town.at_a_phone("Kees")
    kees = _let_in(town, "Kees", hood.other_decider)
    kees.opens(f"{HERE}/{challenge_id}")
    kees.follows("Bekijk de bezwaren", "De hoorzitting plannen")


def a_guest_reads_it_in_short(town: Town, challenge_id: UUID) -> None:
    guest = town.at_a_phone("een gast")
    guest.opens(f"{HERE}/{challenge_id}")
    guest.sees_nowhere("Wat je nog meer kunt doen", "Brieven over deze uitdaging")
    guest.opens(f"{HERE}/besluiten")


def _let_in(town: Town, name: str, actor: Actor) -> Visitor:
    """Let somebody who has an account be logged in."""
    return town.lets_in(name, town.house.desk.act(open_session, actor.id))
