# SPDX-License-Identifier: EUPL-1.2
"""An evening with paper by the API alone: the same verbs, the same refusals, and never what somebody entered."""

RECEIVER, FIRST, SECOND, THIRD, OFFICIAL = "receive", "first", "second", "third", "official"


class TestAnEveningByTheApi:
    def test_goes_from_the_seats_to_the_published_sheet(self, client, vote, table):
        here = f"/api/v1/neighbourhoods/oost/rounds/{vote.id}"

        def asks(person, path):
            client.log_in(table[person])
            return client.get(here + path)

        def does(person, path, body=None, method="POST"):
            client.log_in(table[person])
            return client.send(here + path, body, method=method)

        letters = vote.letters()
        vote.cast(letters[0].code, "1")
        assert client.get(f"{here}/paper-ballot").json()["options"][0]["title"] == "Plan 1"
        for seat in (RECEIVER, FIRST, SECOND, THIRD):
            assert does(seat, "/paper/seat", {"seat": seat}).json()["seat"] == seat
        assert does(THIRD, "/paper/seat", method="DELETE").json()["seat"] is None
        assert does(THIRD, "/paper/seat", {"seat": "third"}).status_code == 200
        early = does(RECEIVER, "/paper/envelopes", {"code": letters[1].code})
        assert (early.status_code, early.json()["refusal"]) == (422, "PaperTooEarly")
        vote.voting_ends()
        fates = [does(RECEIVER, "/paper/envelopes", {"code": letter.code}).json() for letter in letters[:3]]
        assert [each["isAccepted"] for each in fates] == [False, True, True]
        count = {"returned": 3, "secondEnvelope": 0, "wrongCode": 0, "tooLate": 0}
        assert does(RECEIVER, "/paper/envelope-count", count).json()["accepted"] == 2
        assert asks(FIRST, "/paper/stacks/100").json()["number"] == 1
        for person, number, line in ((FIRST, 1, "1 2"), (SECOND, 1, "1"), (FIRST, 2, "A"), (SECOND, 2, "a")):
            entered = does(person, "/paper/entries", {"voiceHundredths": 100, "number": number, "line": line})
            assert entered.json() == {"number": number, "isAgain": False}
        early = does(OFFICIAL, "/paper/balance")
        assert (early.status_code, early.json()["refusal"]) == (422, "SheetUnbalanced")
        assert asks(THIRD, "/paper").json()["stacks"][0]["differs"] == 1
        does(THIRD, "/paper/entries", {"voiceHundredths": 100, "number": 1, "line": "2, 1"})
        assert does(OFFICIAL, "/paper/balance").json()["isBalanced"]
        vote.close()
        vote.count()
        client.log_out()
        sheet = client.get(f"{here}/paper-sheet").json()
        assert [sheet[name] for name in ("returned", "accepted", "entered", "online", "voted")] == [3, 2, 1, 1, 3]
        assert (sheet["aside"]["voted_online"], sheet["spoiled"]["blank"]) == (1, 1)
        assert vote.faults() == []

    def test_is_closed_to_whoever_has_no_part_in_it(self, client, vote):
        here = f"/api/v1/neighbourhoods/oost/rounds/{vote.id}/paper"
        assert [client.get(here).status_code, client.send(f"{here}/seat", {"seat": "first"}).status_code] == [
            403,
            403,
        ]


class TestTheOutcomeByTheApi:
    def test_is_told_in_other_ways_with_who_is_next_and_why(self, client, vote):
        here = f"/api/v1/neighbourhoods/oost/rounds/{vote.id}"
        for letter in vote.letters()[:2]:
            vote.cast(letter.code, "1")
        vote.everybody_takes_a_seat()
        vote.voting_ends()
        vote.end_receiving(0)
        vote.balance()
        vote.close()
        vote.count()
        compared = client.get(f"{here}/other-tallies").json()
        own = next(column for column in compared["columns"] if column["isOwn"])
        assert ("1" in own["winners"], own["reached"]) == (True, 2)
        assert {line["key"] for part in ("lines", "others") for line in client.get(f"{here}/reserve").json()[part]} <= {
            "2",
            "3",
            "4",
        }
        won = client.get(f"{here}/outcome/options/1").json()
        assert (won["won"], won["heads"], won["found"]) == (True, 2, [])
        assert client.get(f"{here}/outcome/options/9").status_code == 404
