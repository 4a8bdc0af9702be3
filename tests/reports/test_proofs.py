# SPDX-License-Identifier: EUPL-1.2
"""What the house says of its record, checked by the script that trusts nobody."""

import json
from copy import deepcopy

import pytest

from tools import check_entry
from wijkbudget.kit.actor import GUEST
from wijkbudget.ledger import chart
from wijkbudget.trail import queries

PROOFS = "/api/v1/consistency-proofs"


@pytest.fixture
def sizes(year):
    """Seal three times, and return the size of the log after each."""
    found = []
    for number in range(3):
        year.post(chart.pot("oost", 2025), chart.reserved("oost", 2025), 1, f"more {number}")
        year.seal()
        found.append(year.desk.by(GUEST).ask(queries.checkpoint).size)
    return found


@pytest.fixture
def line(year, client, sizes):
    """Return a downloaded proof of one entry."""
    entry = year.desk.by(GUEST).ask(queries.entries, "oost")[1]
    return client.get(f"/api/v1/neighbourhoods/oost/trail/{entry.id}/proof").json()


@pytest.fixture
def growth(client, sizes):
    """Return a downloaded proof that the log only grew."""
    return client.get(PROOFS, params={"earlier": sizes[0], "later": sizes[2]}).json()


def checked(tmp_path, told):
    """Return what the script answers about a downloaded file, and what it says."""
    path, said = tmp_path / "proof.json", []
    path.write_text(told if isinstance(told, str) else json.dumps(told))
    return check_entry.main([str(path)], said.append), said


def altered(told, change):
    other = deepcopy(told)
    change(other)
    return other


class TestConsistency:
    def test_is_proved_between_any_two_checkpoints(self, client, sizes):
        for earlier in sizes:
            for later in [size for size in sizes if size >= earlier]:
                told = client.get(PROOFS, params={"earlier": earlier, "later": later}).json()
                assert (told["earlier"]["size"], told["later"]["size"]) == (earlier, later)
                assert check_entry.check(told)[0] == f"The log of {later} begins with the log of {earlier}."

    @pytest.mark.parametrize(("earlier", "later"), [(0, 1), (-1, 2**70), (2**63, 2**63), (1, 10**6)])
    def test_is_refused_for_what_is_no_checkpoint(self, client, sizes, earlier, later):
        assert client.get(PROOFS, params={"earlier": earlier, "later": later}).status_code == 404

    def test_is_refused_backwards(self, client, sizes):
        answer = client.get(PROOFS, params={"earlier": sizes[1], "later": sizes[0]})
        assert answer.status_code == 404
        assert "de oudste eerst" in answer.text


class TestTheScript:
    def test_finds_a_downloaded_entry_right(self, tmp_path, line):
        code, said = checked(tmp_path, line)
        assert (code, line["line"]["id"] in said[0], "is signed by" in said[1]) == (0, True, True)

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            (lambda told: told["line"].update(facts={}), "is not the text that was sealed"),
            (lambda told: told.update(text=told["text"].replace("2026", "2025")), "is not the hash of the text"),
            (lambda told: told["line"].update(position=0), "does not lead from the leaf to the root"),
            (lambda told: told["proof"].pop(), "does not lead from the leaf to the root"),
            (lambda told: told["checkpoint"].update(root="00" * 32), "names another size or root"),
            (lambda told: told["checkpoint"].update(signature="00" * 64), "the signature is not"),
        ],
    )
    def test_names_what_is_wrong_with_an_entry(self, tmp_path, line, change, fault):
        code, [said] = checked(tmp_path, altered(line, change))
        assert (code, fault in said) == (1, True)

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            (lambda told: told["proof"].pop(), "does not begin with the earlier one"),
            (lambda told: told.update(earlier=told["later"]), "does not begin with the earlier one"),
            (lambda told: told["later"].update(signature="00" * 64), "the signature is not"),
        ],
    )
    def test_names_what_is_wrong_with_the_growth(self, tmp_path, growth, change, fault):
        assert checked(tmp_path, growth)[0] == 0
        code, [said] = checked(tmp_path, altered(growth, change))
        assert (code, fault in said) == (1, True)

    @pytest.mark.parametrize("told", ["", "[]", "{}", '{"line": 1}'])
    def test_refuses_what_is_no_proof(self, tmp_path, told):
        assert checked(tmp_path, told)[0] == 1

    def test_says_that_a_signature_was_not_checked(self, tmp_path, line, monkeypatch):
        monkeypatch.setattr(check_entry, "Ed25519PublicKey", None)
        code, said = checked(tmp_path, line)
        assert (code, "NOT checked" in said[1]) == (0, True)
