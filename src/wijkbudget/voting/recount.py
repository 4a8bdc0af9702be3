# SPDX-License-Identifier: EUPL-1.2
"""Counts a vote again from its published file, and says whether everything follows.

    python recount.py count.json [receipt.json …]

Needs Python 3.10 and nothing else; shares no code with the software that held the vote. Of each signed receipt it says
what became of the ballot. Ends with 0 if all is right, and else with 1.
Sources: RFC 6962 (Merkle tree), RFC 8032 (Ed25519), Peters, Pierczynski and Skowron 2021 (equal shares).
"""

import base64
import hashlib
import json
import sys
from collections import Counter
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

Faults = list[tuple[str, str]]
Groups = list[tuple[dict[str, int], int, int]]
"""Equal ballots together: what they mark, the voices behind them in hundredths, and how many they are."""


def main(names: list[str]) -> int:
    """Check the file that is named first, and each receipt after it."""
    try:
        told, *receipts = [json.loads(Path(name).read_text(encoding="utf-8")) for name in names]
        faults = [*check(told), *(fault for receipt in receipts for fault in check_receipt(told, receipt))]
        seal, outcome = told["seal"], told["outcome_hash"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError) as trouble:
        faults = [("unreadable", f"this is not a published count with receipts: {trouble!r}")]
    said = [f"WRONG ({kind}): {sentence}." for kind, sentence in faults] or [
        f"RIGHT: {seal['size']} ballots with root {seal['root']}, sealed by {seal['public_key']}.",
        f"The outcome {outcome} follows." if outcome else "They are not counted yet.",
        f"Receipts that fit: {len(receipts)}. Compare root and key with what was printed at the close.",
    ]
    sys.stdout.write("\n".join([*said, ""]))
    return 1 if faults else 0


def check(told: dict[str, Any]) -> Faults:
    """Return what is wrong with a published vote."""
    frozen, faults = json.loads(told["frozen"]), Faults()
    if sha256(told["frozen"]) != told["frozen_hash"]:
        faults.append(("rules", "the rules are not those that were fixed before the vote"))
    faults += check_box(told, frozen)
    if told["outcome"] is None or faults:
        return faults
    outcome, drawn = json.loads(told["outcome"]), told["drawn"]
    if sha256(told["outcome"]) != told["outcome_hash"]:
        faults.append(("outcome", "the outcome is not the text of its hash"))
    seed = sha256("|".join([told["seal"]["root"], told["frozen_hash"], *([drawn] if drawn else [])]))
    lots = sorted(frozen["options"], key=lambda each: (sha256(f"{seed}|{each['key']}"), each["key"]))
    order = frozen.get("ties") or [each["key"] for each in lots]
    if bool(drawn) != bool(frozen.get("lots_from")) or outcome["seed"] != ("" if frozen.get("ties") else seed):
        faults.append(("lots", "the seed of the lots does not follow from the ballots, the rules and the draw"))
    known = {"greedy": greedy, "equal_shares": equal_shares, "phragmen": phragmen}
    for name in ("weighted", "equal"):
        vote, kept = Vote(frozen, group(told["ballots"], equal=name == "equal"), order), outcome[name]
        votes = {each["key"]: (each["votes_hundredths"], each["heads"]) for each in kept["options"]}
        if votes != {key: (vote.votes[key], vote.heads[key]) for key in vote.cost}:
            faults.append(("outcome", f"the votes in the {name} count are not those in the box"))
        if (tally := known.get(frozen["tally"])) is None:
            faults.append(("unknown", f"the box is right; this script does not know the tally {frozen['tally']}"))
        elif (found := tally(vote)) != (kept["winners"], kept["spent_cents"]):
            faults.append(("outcome", f"the {name} count chooses {found}, not {kept['winners']}"))
    return faults


def check_box(told: dict[str, Any], frozen: dict[str, Any]) -> Faults:
    """Return how the ballots are not those that were sealed."""
    ballots, seal, faults = told["ballots"], told["seal"], Faults()
    note = f"wijkbudget/box\n{told['round']}\n{seal['size']}\n{seal['root']}\n"
    key = frozen.get("receipt_key") or seal["public_key"]
    if seal["note"] != note or seal["public_key"] != key or not is_signed(key, note, seal["signature"]):
        faults.append(("seal", "the seal of the box is not signed with the key of this round"))
    sizes = Counter(str(ballot[1]) for ballot in ballots)
    for part in (told["turnout"] or {"classes": []})["classes"]:
        if sizes[str(part["voice_hundredths"])] > part["voted"]:
            faults.append(("added", f"more ballots with voice {part['voice_hundredths']} than people who voted"))
    if len(ballots) != seal["size"]:
        kind = "dropped" if len(ballots) < seal["size"] else "added"
        faults.append((kind, f"{seal['size']} ballots were sealed, and here are {len(ballots)}"))
    elif root([leaf(ballot) for ballot in ballots]) == seal["root"]:
        if [ballot[0] for ballot in ballots] != sorted({ballot[0] for ballot in ballots}):
            faults.append(("reordered", "the ballots do not stand in the order of their receipts, each once"))
    elif root([leaf(ballot) for ballot in sorted(ballots, key=lambda each: str(each[0]))]) == seal["root"]:
        faults.append(("reordered", "the ballots do not stand in the order in which they were sealed"))
    elif sizes != Counter(told["sizes"]):
        faults.append(("relabelled", "ballots have another voice than when they were sealed"))
    else:
        faults.append(("changed", "ballots are not what was sealed"))
    return faults


def check_receipt(told: dict[str, Any], kept: dict[str, Any]) -> Faults:
    """Return what became of the ballot on a signed receipt, if it is not in the box as it was cast."""
    code, turn, voice = kept["receipt"], kept["turn"], kept["voiceHundredths"]
    signed = leaf([code, voice, kept["marks"], turn, kept["nonce"]]).hex()
    note = f"wijkbudget/ballot\n{told['round']}\n{told['frozen_hash']}\n{code}\n{turn}\n{signed}\n"
    if not is_signed(json.loads(told["frozen"])["receipt_key"], note, kept["signature"]):
        return [("receipt", f"{code} was not signed for this round and this ballot")]
    found = [ballot for ballot in told["ballots"] if ballot[0] == code]
    if not found or found[0][3] < turn:
        return [("dropped", f"{code} was signed for, and is not in the box")]
    if found[0][3] > turn:
        return []  # Other marks were cast later with the same code, and another receipt was signed for those.
    if [found[0][2], found[0][4]] != [kept["marks"], kept["nonce"]]:
        return [("changed", f"{code} has other marks in the box than were signed for")]
    if found[0][1] != told["counted_as"].get(str(voice), voice):
        return [("relabelled", f"{code} counts with another voice than was signed for")]
    return []


class Vote:
    """All that a tally looks at: rules, equal ballots together, and who goes first among equals."""

    def __init__(self, frozen: dict[str, Any], groups: Groups, order: list[str]) -> None:
        """Count the votes."""
        self.rules, self.limits = frozen["tally_parameters"], frozen.get("limits", [])
        self.budget, self.cost = frozen["budget_cents"], {each["key"]: each["cost_cents"] for each in frozen["options"]}
        self.votes, self.support, self.power, self.heads = (dict.fromkeys(self.cost, 0) for _each in range(4))
        self.backers: dict[str, list[tuple[int, int, int]]] = {key: [] for key in self.cost}
        for number, (marks, voices, size) in enumerate(groups):
            for key in (key for key in marks if marks[key]):
                mark = 1 if self.rules.get("utility") == "cardinality" else marks[key]
                self.backers[key].append((number, mark, voices))
                self.votes[key] += marks[key] * voices
                self.support[key] += voices
                self.power[key] += mark * voices
                self.heads[key] += size
        self.voices, self.size = sum(each[1] for each in groups), sum(each[2] for each in groups)
        self.level = lcm(*(mark for marks, _voices, _size in groups for mark in marks.values() if mark))
        self.purses, self.rank = len(groups), {key: place for place, key in enumerate(order)}
        least, percent = 100 * self.rules.get("votes_min", 0), self.rules.get("support_percent_min", 0)
        ranked = sorted(self.cost, key=lambda key: (-self.votes[key], self.rank[key]))
        some = [key for key in ranked if self.votes[key] >= least and 100 * self.support[key] >= percent * self.voices]
        self.keys = [key for key in some if self.heads[key] and self.cost[key] <= self.budget]  # Most votes first.
        self.free: list[str] = []  # What costs nothing wins before the tally begins.
        for key in (key for key in self.keys if not self.cost[key]):
            self.free += [key] if self.has_room(key, self.free) else []

    def spent(self, keys: list[str]) -> int:
        """Return what options cost together."""
        return sum(self.cost[key] for key in keys)

    def has_room(self, key: str, winners: list[str]) -> bool:
        """Return whether no limit forbids an option beside what has won."""
        for limit in (limit for limit in self.limits if key in limit["ids"]):
            wins, cents = limit["wins_max"], limit["spent_cents_max"]
            both = [each for each in (*winners, key) if each in limit["ids"]]
            if (wins is not None and len(both) > wins) or (cents is not None and self.spent(both) > cents):
                return False
        return True

    def worth(self, key: str, price: Fraction) -> tuple[Fraction, int]:
        """Return what an option costs for its worth at a price for each mark, and its place among equals."""
        return price / self.cost[key] if self.rules["utility"] == "cost" else price, self.rank[key]


def greedy(vote: Vote) -> tuple[list[str], int]:
    """Return what wins when most votes go first, as long as the money lasts."""
    keys, winners, left = [key for key in vote.keys if vote.cost[key]], list(vote.free), vote.budget
    if vote.rules.get("order") == "votes_per_euro":
        keys.sort(key=lambda key: (Fraction(-vote.votes[key], vote.cost[key]), vote.rank[key]))
    for key in (key for key in keys if vote.has_room(key, winners)):
        if vote.cost[key] <= left:
            winners, left = [*winners, key], left - vote.cost[key]
        elif vote.rules["too_dear"] == "part" and left:
            return [*winners, key], vote.budget
        elif vote.rules["too_dear"] != "skip":
            break
    return winners, vote.budget - left


def equal_shares(vote: Vote) -> tuple[list[str], int]:
    """Return what wins when the money is divided over all voices and supporters pay together."""
    rules, step = vote.rules, vote.rules["unit_cents"] * vote.size
    total = vote.budget // step * step if step and rules.get("start") == "whole" else vote.budget
    best = richer = shared(vote, total)
    while rules["completion"].startswith("add1") and vote.spent(richer) <= vote.budget:
        best, total = richer, total + step
        lost = [key for key in vote.keys if key not in best and vote.has_room(key, best)]
        fits = [key for key in lost if vote.spent([*best, key]) <= vote.budget]
        if not (fits if rules["stop"] == "exhaustive" else lost):
            break
        richer = shared(vote, total)
    if rules["completion"].endswith("greedy"):
        keys = [key for key in vote.keys if key not in best]
        for key in sorted(keys, key=lambda key: vote.worth(key, Fraction(vote.cost[key], vote.power[key]))):
            best += [key] if vote.has_room(key, best) and vote.spent([*best, key]) <= vote.budget else []
    return best, vote.spent(best)


def shared(vote: Vote, total: int) -> list[str]:
    """Return what is bought when all purses hold so much together; it may cost more than the budget."""
    purses, scale, winners = [total] * vote.purses, vote.voices, list(vote.free)
    keys = [key for key in vote.keys if vote.cost[key]]
    while vote.spent(winners) <= vote.budget:
        keys = [key for key in keys if key not in winners and vote.has_room(key, winners)]
        found = {key: due for key in keys if (due := price(vote, purses, scale, key)) is not None}
        if not found:
            break
        key = min(found, key=lambda key: vote.worth(key, found[key]))
        due = found[key] * scale  # Purses are whole numbers over a scale that grows when a price does not fit in it.
        purses, scale = [purse * due.denominator for purse in purses], scale * due.denominator
        for number, mark, _voices in vote.backers[key]:
            purses[number] -= min(purses[number], due.numerator * mark)
        winners.append(key)
        keys = list(found)  # Purses only get emptier: what cannot be paid now never will be.
    return winners


def price(vote: Vote, purses: list[int], scale: int, key: str) -> Any:
    """Return the lowest price of a mark at which supporters, none paying more than they have, buy an option."""
    owed, power = vote.cost[key] * scale, vote.power[key]
    found = [(purses[each[0]] * (vote.level // each[1]), purses[each[0]], *each[1:]) for each in vote.backers[key]]
    for able, purse, mark, voices in sorted(found):  # Those first who can pay least for each mark.
        if able * power >= owed * vote.level:
            return Fraction(owed, power * scale)
        owed, power = owed - purse * voices, power - mark * voices
    return None


def phragmen(vote: Vote) -> tuple[list[str], int]:
    """Return what wins when all voices save alike, and supporters buy an option the moment they can pay it."""
    used, winners = [Fraction(0)] * vote.purses, list(vote.free)
    keys = [key for key in vote.keys if vote.cost[key]]
    while keys := [key for key in keys if key not in winners and vote.has_room(key, winners)]:
        owed = {key: vote.cost[key] + sum(used[each[0]] * each[2] for each in vote.backers[key]) for key in keys}
        key = min(keys, key=lambda key: (owed[key] / vote.support[key], vote.rank[key]))
        if vote.spent([*winners, key]) > vote.budget:
            break
        for number, _mark, _voices in vote.backers[key]:
            used[number] = owed[key] / vote.support[key]
        winners.append(key)
    return winners, vote.spent(winners)


def group(ballots: list[Any], *, equal: bool) -> Groups:
    """Return equal ballots together, with their voices or with one voice each."""
    marked = [(tuple(sorted(each[2].items())), 100 if equal else each[1]) for each in ballots]
    return [(dict(marks), voice * size, size) for (marks, voice), size in Counter(marked).items()]


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def leaf(ballot: list[Any]) -> bytes:
    """Return the hash of a ballot: of its JSON with sorted keys and no spaces."""
    text = json.dumps(ballot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def root(level: list[bytes]) -> str:
    """Return the root of a Merkle tree over its leaves: neighbours are joined, an odd last one goes up as it is."""
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        joined = [hashlib.sha256(b"\x01" + one + other).digest() for one, other in pairs]
        level = joined + level[2 * len(joined) :]
    return (level[0] if level else hashlib.sha256(b"").digest()).hex()


def is_signed(key: str, note: str, signature: str) -> bool:
    """Return whether a note was signed with the Ed25519 key whose public half this is, in base64."""
    prime, order = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
    curve = -121665 * pow(121666, -1, prime)

    def point(packed: bytes) -> tuple[int, int]:
        y = int.from_bytes(packed, "little") & (2**255 - 1)
        square = (y * y - 1) * pow(curve * y * y + 1, -1, prime) % prime
        x = pow(square, (prime + 3) // 8, prime)
        x = x if x * x % prime == square else x * pow(2, (prime - 1) // 4, prime) % prime
        return (x if x & 1 == packed[31] >> 7 else prime - x), y

    def plus(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
        (a, b), (c, d) = one, other
        k = curve * a * b * c * d
        return (a * d + b * c) * pow(1 + k, -1, prime) % prime, (b * d + a * c) * pow(1 - k, -1, prime) % prime

    def times(number: int, one: tuple[int, int]) -> tuple[int, int]:
        found = (0, 1)
        while number:
            found = plus(found, one) if number & 1 else found
            one, number = plus(one, one), number >> 1
        return found

    public, signed = base64.b64decode(key), bytes.fromhex(signature)
    digest = int.from_bytes(hashlib.sha512(signed[:32] + public + note.encode()).digest(), "little") % order
    scalar, base = int.from_bytes(signed[32:], "little"), point((4 * pow(5, -1, prime) % prime).to_bytes(32, "little"))
    return scalar < order and times(scalar, base) == plus(point(signed[:32]), times(digest, point(public)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
