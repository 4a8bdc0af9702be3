# SPDX-License-Identifier: EUPL-1.2
"""People join a bid of their own will, by a link that the group hands on, and only before it is sent in."""

import pytest

from tests.challenges.conftest import faults, refused
from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules import group
from wijkbudget.challenges.rules.bids import ChallengeNotFound
from wijkbudget.challenges.rules.group import Consent
from wijkbudget.challenges.schemas import AnswerInvitation, InviteMember
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours


def answer(code: str) -> AnswerInvitation:
    return AnswerInvitation(code=code)


class TestAnInvitation:
    def test_shows_the_bid_to_whoever_has_the_link_and_to_nobody_else(self, hood):
        bid = hood.start()
        code = hood.code(bid.id, "Bart van hiernaast")
        assert len(code) == 32
        seen = hood.by(GUEST).ask(queries.invitation, "oost", bid.id, code)
        assert (seen.title, seen.member_count, seen.has_joined) == ("Wij maaien zelf", 1, False)
        assert hood.by(hood.anna).ask(queries.invitation, "oost", bid.id, code).has_joined is True
        for place, wrong in (("oost", "0" * 32), ("oost", "é"), ("west", code)):
            with pytest.raises(group.InvitationNotFound):
                hood.by(hood.bart).ask(queries.invitation, place, bid.id, wrong)
        with pytest.raises(ChallengeNotFound):
            hood.by(hood.bart).ask(queries.challenge, "oost", bid.id)

    def test_is_accepted_once_by_somebody_new(self, hood):
        bid = hood.start()
        code = hood.code(bid.id)
        refused(hood, group.JoinedBefore, hood.anna, service.accept, bid.id, answer(code))
        seen = hood.by(hood.bart).act(service.accept, "oost", bid.id, answer(code))
        assert [(member.consent, member.code) for member in seen.members] == [(Consent.ACCEPTED, None)] * 2
        refused(hood, group.InvitationNotFound, hood.carla, service.accept, bid.id, answer(code))
        again = hood.code(bid.id)
        refused(hood, group.JoinedBefore, hood.bart, service.accept, bid.id, answer(again))
        assert hood.recorded().count("challenges.MemberJoined") == 1

    def test_is_for_residents_of_the_place(self, hood):
        bid = hood.start()
        code = hood.code(bid.id)
        refused(hood, DoorClosed, Role.OFFICIAL, service.accept, bid.id, answer(code))
        refused(hood, DoorClosed, GUEST, service.decline, bid.id, answer(code))

    def test_that_is_declined_does_not_keep_who_did(self, hood):
        bid = hood.start()
        code = hood.code(bid.id)
        assert hood.by(hood.bart).act(service.decline, "oost", bid.id, answer(code)) is None
        assert [member.consent for member in hood.view(bid.id).members] == [Consent.ACCEPTED]
        refused(hood, group.InvitationNotFound, hood.bart, service.accept, bid.id, answer(code))

    def test_can_be_taken_back_by_the_group(self, hood):
        bid = hood.start()
        code = hood.code(bid.id)
        invited = next(member for member in hood.view(bid.id).members if member.code)
        refused(hood, ChallengeNotFound, hood.carla, service.cancel_invitation, bid.id, invited.id)
        hood.by(hood.anna).act(service.cancel_invitation, "oost", bid.id, invited.id)
        refused(hood, group.InvitationNotFound, hood.bart, service.accept, bid.id, answer(code))
        refused(hood, group.InvitationNotFound, hood.anna, service.cancel_invitation, bid.id, invited.id)

    def test_of_one_link_used_twice_at_once_lets_one_in(self, hood):
        bid = hood.start()
        code = hood.code(bid.id)
        waiting = [
            hood.by(each).submit(service.accept, "oost", bid.id, answer(code)) for each in (hood.bart, hood.carla)
        ]
        failed = sorted(type(future.exception()).__name__ for future in waiting)
        assert (failed, hood.view(bid.id).member_count) == (["InvitationNotFound", "NoneType"], 2)

    def test_stops_when_the_bid_is_sent_in(self, hood):
        challenge_id = hood.concept()
        code = hood.code(challenge_id)
        hood.by(hood.anna).act(service.submit, "oost", challenge_id)
        refused(hood, WrongState, hood.carla, service.accept, challenge_id, answer(code))
        refused(hood, WrongState, hood.anna, service.invite, challenge_id, InviteMember(called="Nog iemand"))
        refused(hood, WrongState, hood.bart, service.leave, challenge_id)
        refused(hood, NotYours, hood.carla, service.leave, challenge_id)

    def test_comes_to_an_end(self, hood):
        bid = hood.start()
        for _number in range(group.GROUP_MAX - 1):
            hood.by(hood.anna).act(service.invite, "oost", bid.id, InviteMember(called="Buur"))
        refused(hood, group.GroupFull, hood.anna, service.invite, bid.id, InviteMember(called="Buur"))


class TestLeaving:
    def test_lets_others_go_on(self, hood):
        challenge_id = hood.concept()
        assert hood.by(hood.anna).act(service.leave, "oost", challenge_id) is None
        with pytest.raises(ChallengeNotFound):
            hood.view(challenge_id, hood.anna)
        assert hood.view(challenge_id, hood.bart).member_count == 1
        refused(hood, group.LastOfGroup, hood.bart, service.leave, challenge_id)
        refused(hood, group.GroupTooSmall, hood.bart, service.submit, challenge_id)
        assert hood.desk.ask(faults) == []
