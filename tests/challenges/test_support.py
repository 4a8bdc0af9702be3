# SPDX-License-Identifier: EUPL-1.2
"""Who is for a bid and who is against it, the papers of its group, and how they are counted."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.challenges.conftest import refused, run
from tests.vouchers.conftest import png
from wijkbudget.challenges import service
from wijkbudget.challenges.rules.officials import OwnBid
from wijkbudget.challenges.rules.states import RUNNING, State
from wijkbudget.challenges.support import queries, rules
from wijkbudget.challenges.support import service as support
from wijkbudget.challenges.support.rules import Evidence, Stage, Stance
from wijkbudget.challenges.support.schemas import AttachPaper, CountSheet, SignBid
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import GUEST, SYSTEM, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.uploads.sent import FileUnreadable
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours

FOR, AGAINST = SignBid(stance=Stance.FOR), SignBid(stance=Stance.AGAINST)
API, PAGES = "/api/v1/neighbourhoods/oost/challenges", "/wijken/oost/uitdagingen"


def paper(number=1, what=Evidence.SIGNATURES):
    """Return a scan of a paper, another one for each number."""
    return AttachPaper(what=what, title="Rozenlaan", paper=base64.b64encode(png(number)).decode())


def seen(hood, challenge_id, actor):
    return hood.by(actor).ask(queries.support, "oost", challenge_id)


def with_sheet(hood):
    """Return a bid that was sent in with a sheet, and the sheet."""
    challenge_id = hood.concept()
    sheet = hood.by(hood.anna).act(support.attach, "oost", challenge_id, paper()).attachments[0]
    hood.by(hood.anna).act(service.submit, "oost", challenge_id)
    return challenge_id, sheet.id


@pytest.mark.pure
class TestTheRules:
    @given(st.lists(st.integers(0, 3), min_size=1, max_size=9))
    def test_settle_a_sheet_as_soon_as_two_of_three_agree(self, typed):
        turns = []
        for count in typed:
            if rules.stage(turns) is Stage.SETTLED:
                break
            turn, ordinal = rules.next_place(turns)
            if ordinal == 1:
                turns.append([])
            assert (turn, ordinal) == (len(turns), len(turns[-1]) + 1)
            turns[-1].append(count)
        assert all(len(turn) <= rules.COUNTS_MAX for turn in turns)
        assert all(rules.agreed(turn) is None and len(turn) == rules.COUNTS_MAX for turn in turns[:-1])
        assert (rules.stage(turns) is Stage.SETTLED) == (len(turns[-1]) > len(set(turns[-1])))

    def test_let_neighbours_sign_while_the_municipality_owes_an_answer(self):
        for state in RUNNING:
            rules.demand_signable(state)
        for state in set(State) - RUNNING:
            with pytest.raises(WrongState):
                rules.demand_signable(state)


class TestSigning:
    def test_counts_everybody_once_and_tells_nobody_who(self, hood):
        challenge_id = hood.submitted()
        before = seen(hood, challenge_id, hood.carla)
        assert (before.for_count, before.may_sign, before.support_min) == (0, True, 25)
        told = hood.by(hood.carla).act(support.sign_bid, "oost", challenge_id, FOR)
        assert (told.for_count, told.against_count, told.stance) == (1, 0, Stance.FOR)
        told = hood.by(hood.carla).act(support.sign_bid, "oost", challenge_id, AGAINST)
        assert (told.for_count, told.against_count, told.stance) == (0, 1, Stance.AGAINST)
        for reader in (GUEST, hood.anna, hood.staff[Role.OFFICIAL], hood.staff[Role.AUDITOR]):
            assert hood.carla.id not in seen(hood, challenge_id, reader).model_dump_json()
        told = hood.by(hood.carla).act(support.take_back_signature, "oost", challenge_id)
        assert (told.for_count, told.against_count, told.stance) == (0, 0, None)
        refused(hood, rules.NotSigned, hood.carla, support.take_back_signature, challenge_id)
        assert hood.faults() == []

    def test_is_for_others_than_the_group_once_it_can_be_read(self, hood):
        challenge_id = hood.concept()
        refused(hood, WrongState, hood.anna, support.sign_bid, challenge_id, FOR)
        hood.by(hood.anna).act(service.submit, "oost", challenge_id)
        refused(hood, rules.OwnSupport, hood.bart, support.sign_bid, challenge_id, FOR)
        refused(hood, DoorClosed, Role.OFFICIAL, support.sign_bid, challenge_id, FOR)
        assert seen(hood, challenge_id, hood.bart).may_sign is False

    def test_by_the_group_itself_is_found(self, hood):
        hood.submitted()
        signed = f"SELECT id, '{hood.bart.id}', 'oost', 'for' FROM challenge WHERE title = 'Wij maaien zelf'"
        hood.desk.by(SYSTEM).act(
            run, "oost", f"INSERT INTO bid_signature (challenge_id, person, place, stance) {signed}"
        )
        assert "was signed by one of its own group" in hood.faults()[0]


class TestPapers:
    def test_are_for_the_group_and_who_works_on_it(self, hood):
        challenge_id, sheet = with_sheet(hood)
        for reader in (hood.bart, hood.staff[Role.OFFICIAL], hood.staff[Role.GUIDE], hood.staff[Role.AUDITOR]):
            assert hood.by(reader).ask(queries.paper, "oost", challenge_id, sheet).content == png(1)
        with pytest.raises(NotYours):
            hood.by(hood.carla).ask(queries.paper, "oost", challenge_id, sheet)
        with pytest.raises(DoorClosed):
            hood.by(GUEST).ask(queries.paper, "oost", challenge_id, sheet)
        public = seen(hood, challenge_id, hood.carla)
        assert (public.attachments, public.attachment_count, public.uncounted) == ([], 1, 1)

    def test_are_ten_at_most_each_once_and_readable(self, hood):
        challenge_id = hood.concept()
        at = hood.by(hood.anna)
        for number in range(10):
            at.act(support.attach, "oost", challenge_id, paper(number + 1))
        refused(hood, rules.TooManyAttachments, hood.anna, support.attach, challenge_id, paper(11))
        first = seen(hood, challenge_id, hood.anna).attachments[0].id
        at.act(support.take_back_paper, "oost", challenge_id, first)
        refused(hood, rules.AttachedBefore, hood.anna, support.attach, challenge_id, paper(2))
        text = AttachPaper(what=Evidence.OTHER, title="Brief", paper=base64.b64encode(b"hallo").decode())
        refused(hood, FileUnreadable, hood.anna, support.attach, challenge_id, text)
        refused(hood, rules.AttachmentNotFound, hood.anna, support.take_back_paper, challenge_id, first)
        assert seen(hood, challenge_id, hood.anna).attachment_count == 9

    def test_stay_once_the_bid_was_sent_in(self, hood):
        challenge_id, sheet = with_sheet(hood)
        refused(hood, WrongState, hood.anna, support.take_back_paper, challenge_id, sheet)
        hood.by(hood.anna).act(support.attach, "oost", challenge_id, paper(2, Evidence.MINUTES))
        refused(hood, NotYours, hood.carla, support.attach, challenge_id, paper(3))
        [path] = [each for each in hood.desk.files.folder.rglob("*") if each.is_file()][:1]
        path.write_bytes(b"other")
        assert "its file is gone or altered" in hood.faults()[0]


class TestCounting:
    def test_holds_when_two_people_count_the_same(self, hood):
        challenge_id, sheet = with_sheet(hood)
        at = hood.by(Role.OFFICIAL)
        told = at.act(support.count_sheet, "oost", challenge_id, sheet, CountSheet(valid_count=31))
        assert (told.for_count, told.attachments[0].stage, told.attachments[0].valid_count) == (0, Stage.WAITS, None)
        again = CountSheet(valid_count=31)
        refused(hood, rules.CountedBefore, Role.OFFICIAL, support.count_sheet, challenge_id, sheet, again)
        guide = hood.staff[Role.GUIDE]
        assert seen(hood, challenge_id, guide).attachments[0].may_count is True
        told = hood.by(guide).act(support.count_sheet, "oost", challenge_id, sheet, CountSheet(valid_count=30))
        assert (told.for_count, told.attachments[0].stage) == (0, Stage.DIFFERS)
        third = hood.by(hood.other_official)
        told = third.act(support.count_sheet, "oost", challenge_id, sheet, CountSheet(valid_count=30))
        assert (told.for_count, told.online_for_count, told.attachments[0].valid_count) == (30, 0, 30)
        assert (told.uncounted, told.attachments[0].may_count) == (0, False)
        refused(hood, rules.CountedBefore, hood.other_official, support.count_sheet, challenge_id, sheet, again)
        assert hood.faults() == []

    def test_is_no_part_of_the_group_and_of_sheets_only(self, hood):
        challenge_id, sheet = with_sheet(hood)
        both = people.grant(hood.desk, "oost", hood.bart, Role.GUIDE)
        count = CountSheet(valid_count=1)
        refused(hood, OwnBid, both, support.count_sheet, challenge_id, sheet, count)
        minutes = hood.by(hood.anna).act(support.attach, "oost", challenge_id, paper(2, Evidence.MINUTES))
        refused(hood, rules.NoSheet, Role.OFFICIAL, support.count_sheet, challenge_id, minutes.attachments[1].id, count)


class TestThePages:
    def test_let_a_neighbour_sign_and_two_people_count(self, client, hood):
        challenge_id, sheet = with_sheet(hood)
        here = f"{PAGES}/{challenge_id}"
        assert "Log in om te tekenen" in client.get(f"{here}/draagvlak").text
        client.log_in(hood.carla)
        assert "De regels vragen dat 25 buren ervoor zijn." in client.get(f"{here}/draagvlak").text
        assert client.post(f"{here}/draagvlak", {"stance": "for"}).headers["location"] == f"{here}/draagvlak"
        shown = client.get(f"{here}/draagvlak").text
        assert ("Je hebt getekend: je bent voor." in shown, "Rozenlaan" in shown) == (True, False)
        assert client.post(f"{here}/draagvlak/intrekken").status_code == 303
        assert client.get(f"{here}/bijlagen/{sheet}").status_code == 403
        for counter in (hood.staff[Role.OFFICIAL], hood.staff[Role.GUIDE]):
            client.log_in(counter)
            assert client.get(f"{here}/bijlagen/{sheet}").headers["content-type"] == "image/png"
            assert client.post(f"{here}/bijlagen/{sheet}/tellen", {"valid_count": "veel"}).status_code == 400
            assert client.post(f"{here}/bijlagen/{sheet}/tellen", {"valid_count": "31"}).status_code == 303
        assert client.post(f"{here}/bijlagen/{sheet}/tellen", {"valid_count": "31"}).status_code == 409
        client.log_in(hood.anna)
        assert "Geldige handtekeningen: 31" in client.get(f"{here}/draagvlak").text
        assert "Voor: 31. Tegen: 0. Bijlagen: 1." in client.get(here).text
        again = client.post(f"{here}/bijlagen", {"what": "minutes", "title": "Avond"}, files={"paper": ("a.png", b"x")})
        assert (again.status_code, 'value="Avond"' in again.text) == (400, True)

    def test_are_the_same_by_the_api(self, client, hood):
        challenge_id = hood.concept()
        here = f"{API}/{challenge_id}"
        client.log_in(hood.anna)
        made = client.send(f"{here}/attachments", paper().model_dump(mode="json"))
        first = made.json()["attachments"][0]["id"]
        assert client.get(f"{here}/attachments/{first}").content == png(1)
        assert client.send(f"{here}/attachments/{first}/withdrawal").json()["attachmentCount"] == 0
        sheet = client.send(f"{here}/attachments", paper().model_dump(mode="json")).json()["attachments"][0]["id"]
        hood.by(hood.anna).act(service.submit, "oost", challenge_id)
        client.log_in(hood.carla)
        assert client.send(f"{here}/signature", {"stance": "against"}).json()["againstCount"] == 1
        assert client.send(f"{here}/signature/withdrawal").json()["againstCount"] == 0
        client.log_in(hood.staff[Role.OFFICIAL])
        told = client.send(f"{here}/attachments/{sheet}/counts", {"validCount": 3}).json()
        assert (told["uncounted"], told == client.get(f"{here}/support").json()) == (1, True)
