# SPDX-License-Identifier: EUPL-1.2
"""One published file, from which a script that knows nothing of the house counts the vote again."""

import copy
import json

import pytest
from sqlalchemy import text

from tests.stores import beside, url_of
from tools.check_certificate import faults as faults_of
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.voting import queries, recount, seed, service
from wijkbudget.voting.phases import LotsNotDrawn, NothingToDraw, NotThere
from wijkbudget.voting.schemas import CastBallot, DrawLots

from .conftest import OFFICIAL, break_in, entries_about
from .recounting import run

CHOICES = [
    seed.Choice(count=12, voice_hundredths=100, options=["1"]),
    seed.Choice(count=5, voice_hundredths=100, options=["2", "4"]),
    seed.Choice(count=5, voice_hundredths=100, options=["3", "4"]),
]
DRAWN = DrawLots(value="4 8 15 16 23 42")


TAMPERED = {
    "dropped": lambda ballots: ballots[1:],
    "added": lambda ballots: [*ballots, ["ZZZZ-ZZZZ-ZZZZ", 100, {"3": 1}, 1, "00" * 16]],
    "reordered": lambda ballots: ballots[::-1],
    "changed": lambda ballots: again(ballots, lambda first: first[2].update({"3": 1})),
    "relabelled": lambda ballots: again(ballots, lambda first: first.__setitem__(1, 150)),
}


def cast(vote, code, *options):
    """Cast a ballot and return the signed receipt, as a voter keeps it."""
    ballot = CastBallot(code=code, marks=dict.fromkeys(options, 1))
    return json.loads(vote.desk.act(service.cast, ballot, None).signed.model_dump_json(by_alias=True))


def told(vote):
    return json.loads("".join(vote.desk.rows(queries.count_file, vote.place, vote.id)))


def again(ballots, change):
    """Return ballots of which the first one was changed."""
    first = copy.deepcopy(ballots[0])
    change(first)
    return [first, *ballots[1:]]


@pytest.fixture
def counted(vote):
    seed.vote(vote.desk, vote.letters(), CHOICES)
    vote.close()
    vote.count()
    return vote


class TestTheFile:
    def test_is_not_there_while_people_can_vote(self, desk, vote):
        with pytest.raises(NotThere):
            list(desk.rows(queries.count_file, "oost", vote.id))

    def test_has_no_outcome_before_the_count_and_says_so(self, vote, tmp_path):
        seed.vote(vote.desk, vote.letters(), CHOICES)
        vote.close()
        assert told(vote)["outcome"] is None
        ended, faults, said = run(tmp_path, told(vote))
        assert (ended, faults) == (0, [])
        assert "They are not counted yet." in said

    def test_is_right_by_a_script_that_stands_alone(self, counted, tmp_path):
        ended, faults, said = run(tmp_path, told(counted))
        assert (ended, faults) == (0, [])
        assert f"RIGHT: 22 ballots with root {counted.published().root}" in said

    def test_shows_how_its_ballots_were_tampered_with(self, counted, tmp_path):
        right = told(counted)
        found = {
            kind: recount.check({**right, "ballots": tamper(right["ballots"])})[0][0]
            for kind, tamper in TAMPERED.items()
        }
        assert found == {kind: kind for kind in TAMPERED}
        assert run(tmp_path, {**right, "ballots": right["ballots"][1:]})[:2] == (1, ["dropped"])

    def test_shows_that_anything_else_was_changed(self, counted):
        right = told(counted)
        for kind, name, old, new in (
            ("rules", "frozen", '"budget_cents":3000000', '"budget_cents":9000000'),
            ("outcome", "outcome", '"winners":["1","4"]', '"winners":["4","1"]'),
            ("lots", "drawn", "", "7"),
        ):
            assert old in right[name]
            changed = right[name].replace(old, new) if old else new
            assert (name, recount.check({**right, name: changed})[0][0]) == (name, kind)
        turned = {**right["seal"], "root": right["seal"]["root"][::-1]}
        more = {**right["turnout"], "voted": right["turnout"]["voted"] + 1}
        for name, other in (
            ("seal", turned), ("turnout", more), ("turnout", None), ("sizes", {"100": 21}), ("counted_as", {"100": 150})
        ):  # fmt: skip
            assert (name, recount.check({**right, name: other})[0][0]) == (name, "seal")

    @pytest.mark.parametrize("text", ["", "{}", "[" * 900])
    def test_is_refused_when_it_is_none(self, tmp_path, text):
        assert run(tmp_path, text)[:2] == (1, ["unreadable"])

    def test_holds_the_payments_that_prove_equal_shares(self, counted):
        assert list(faults_of(told(counted)["certificate"])) == []


class TestWhatIsSealed:
    @pytest.mark.parametrize(
        ("column", "was", "becomes"),
        [
            ("turnout", '"voted":22', '"voted":23'),
            ("document", '"counted_as":{"100":100', '"counted_as":{"100":150'),
            ("document", '"voice_hundredths":100}', '"voice_hundredths":125}'),
        ],
    )
    def test_cannot_be_changed_in_the_database_later(self, desk, counted, column, was, becomes):
        assert counted.faults() == []
        with beside(url_of(desk), is_tampering=True) as connection:
            values = {"was": was, "becomes": becomes}
            changed = f"UPDATE voting_sealed SET {column} = replace({column}, :was, :becomes)"
            connection.execute(text(changed), values)
        assert "the ballots, their voices or the turnout are not what was sealed" in "".join(counted.faults())
        assert "seal" in {kind for kind, _sentence in recount.check(told(counted))}

    def test_cannot_be_signed_again_without_the_public_record_telling(self, desk, counted):
        right = told(counted)
        other = counted.view().turnout.model_copy(update={"least": 1})
        note = right["seal"]["note"].replace('"least":20', '"least":1')
        assert note != right["seal"]["note"]
        seal = {**right["seal"], "note": note, "signature": desk.keys.sign(note.encode()).hex()}
        with beside(url_of(desk), is_tampering=True) as connection:
            documents = {"turnout": other.model_dump_json(by_alias=False), "seal": json.dumps(seal)}
            connection.execute(text("UPDATE voting_sealed SET turnout = :turnout, seal = :seal"), documents)
        assert recount.check(told(counted)) == []
        assert [fault.split(": ")[-1] for fault in counted.faults()] == [
            "the seal of the box is not the one in the public record"
        ]


class TestARoundFromBeforeSignedReceipts:
    def test_stays_valid_and_can_be_counted_again(self, desk, vote, tmp_path):
        seed.vote(vote.desk, vote.letters(), CHOICES)
        desk.by(SYSTEM).act(break_in, "UPDATE voting_box SET turn = 0")
        vote.close()
        vote.count()
        found = told(vote)
        assert {len(ballot) for ballot in found["ballots"]} == {3}
        assert run(tmp_path, found)[:2] == (0, [])
        assert vote.faults() == []

    def test_signs_what_is_cast_from_now_on(self, desk, vote):
        code = vote.letters()[0].code
        cast(vote, code, "1")
        desk.by(SYSTEM).act(break_in, "UPDATE voting_box SET turn = 0")
        assert cast(vote, code, "1")["turn"] == 1


class TestASignedReceipt:
    def test_of_a_ballot_that_was_changed_by_its_voter_accuses_nobody(self, vote, tmp_path):
        code = vote.letters()[0].code
        first, same = cast(vote, code, "1"), cast(vote, code, "1")
        second, third = cast(vote, code, "2"), cast(vote, code, "1")
        assert first == same
        assert [each["turn"] for each in (first, second, third)] == [1, 2, 3]
        vote.close()
        assert [ballot.turn for ballot in vote.published().ballots] == [3]
        assert run(tmp_path, told(vote), [first, second, third])[:2] == (0, [])

    def test_that_was_made_up_is_not_believed(self, vote):
        kept = cast(vote, vote.letters()[0].code, "1")
        vote.close()
        for change in ({"marks": {"2": 1}}, {"turn": 2}, {"nonce": "00" * 16}, {"signature": "00" * 64}):
            assert [kind for kind, _sentence in recount.check_receipt(told(vote), {**kept, **change})] == ["receipt"]

    def test_tells_nothing_about_the_marks_to_who_sees_note_and_signature(self, vote):
        codes = [letter.code for letter in vote.letters()[:2]]
        one, other = (cast(vote, code, "1") for code in codes)
        assert one["note"].splitlines()[:3] == other["note"].splitlines()[:3]
        assert one["note"].splitlines()[5] != other["note"].splitlines()[5]
        assert one["nonce"] != other["nonce"]


@pytest.mark.usefixtures("meerwijk")
class TestTheLots:
    @pytest.fixture
    def drawn_later(self, prepare):
        made = prepare(lots_from="De Lottogetallen van 21 maart 2026")
        made.open()
        seed.vote(made.desk, made.letters(), CHOICES)
        return made

    def test_wait_for_the_draw_that_was_announced(self, desk, drawn_later, tmp_path):
        by = desk.by(OFFICIAL)
        with pytest.raises(Exception, match="round is open"):
            by.act(service.draw_lots, "oost", drawn_later.id, DRAWN)
        drawn_later.close()
        with pytest.raises(LotsNotDrawn):
            drawn_later.count()
        assert desk.act(service.advance, "oost").moved == []
        assert by.act(service.draw_lots, "oost", drawn_later.id, DRAWN).drawn == DRAWN.value
        with pytest.raises(NothingToDraw):
            by.act(service.draw_lots, "oost", drawn_later.id, DrawLots(value="another"))
        outcome = drawn_later.count()
        assert (outcome.lots_from, outcome.drawn) == ("De Lottogetallen van 21 maart 2026", DRAWN.value)
        (entry,) = [e for e in desk.ask(entries_about, "oost", [str(drawn_later.id)]) if e.kind == "voting.LotsDrawn"]
        assert entry.facts == {"value": DRAWN.value, "seed": outcome.seed}
        assert run(tmp_path, told(drawn_later))[:2] == (0, [])
        assert drawn_later.faults() == []

    def test_follow_from_what_was_drawn(self, desk, drawn_later, tmp_path):
        drawn_later.close()
        desk.by(OFFICIAL).act(service.draw_lots, "oost", drawn_later.id, DRAWN)
        drawn_later.count()
        assert run(tmp_path, {**told(drawn_later), "drawn": "1 2 3"})[:2] == (1, ["lots"])

    def test_follow_from_the_ballots_where_nothing_was_announced(self, desk, prepare):
        made = prepare()
        made.open()
        made.close()
        with pytest.raises(NothingToDraw):
            desk.by(OFFICIAL).act(service.draw_lots, "oost", made.id, DRAWN)
