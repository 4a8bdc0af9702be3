# SPDX-License-Identifier: EUPL-1.2
"""Counts a vote again from its published file, and says whether everything follows.

    python recount.py count.json [receipt.json …]

Needs Python 3.10 and nothing else; shares no code with the software that held the vote. Of each signed receipt it says
what became of the ballot. Ends with 0 if all is right, and else with 1. Each step is the plainest that is exact, so a
large vote takes long. Sources: RFC 6962 (Merkle tree), RFC 8032 (Ed25519); of tallies, the papers in rules/voting.md.
"""

import base64
import hashlib
import json
import sys
from collections import Counter, defaultdict
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import gcd, lcm, prod
from pathlib import Path
from typing import Any

Faults = list[tuple[str, str]]
LONG, CELLS_MAX, SETS_MAX = 100_000, 300_000, 1_000_000
"""Plans times different ballots that take long, and too long for maximin; sets of plans that fit in memory."""


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
    for name in ("weighted", "equal"):
        vote, kept = Vote(frozen, told["ballots"], order, is_equal=name == "equal"), outcome[name]
        votes = {each["key"]: (each["votes_hundredths"], each["heads"]) for each in kept["options"]}
        if votes != {key: (vote.votes[key], vote.heads[key]) for key in vote.cost}:
            faults.append(("outcome", f"the votes in the {name} count are not those in the box"))
        winners = TALLIES[frozen["tally"]](vote)
        if winners is None:
            faults.append(("unknown", f"the ballots are right, but for the {name} count this script takes days"))
        elif (winners, min(vote.spent(winners), vote.budget)) != (kept["winners"], kept["spent_cents"]):
            faults.append(("outcome", f"the {name} count chooses {winners}, not {kept['winners']}"))
    return faults


def check_box(told: dict[str, Any], frozen: dict[str, Any]) -> Faults:
    """Return how the ballots are not those that were sealed."""
    ballots, seal, faults = told["ballots"], told["seal"], Faults()
    numbers = compact({name: told[name] for name in ("sizes", "counted_as", "turnout")})
    note = f"wijkbudget/box\n{told['round']}\n{seal['size']}\n{seal['root']}\n{numbers}\n"
    key = frozen.get("receipt_key") or seal["public_key"]
    if seal["note"] != note or seal["public_key"] != key or not is_signed(key, note, seal["signature"]):
        faults.append(("seal", "what is told of the box is not what was signed with the key of this round"))
    sizes, codes = Counter(str(ballot[1]) for ballot in ballots), [str(ballot[0]) for ballot in ballots]
    for part in (told["turnout"] or {"classes": []})["classes"]:
        if sizes[str(part["voice_hundredths"])] > part["voted"]:
            faults.append(("added", f"more ballots with voice {part['voice_hundredths']} than people who voted"))
    if root(ballots) != seal["root"] or codes != sorted(set(codes)):
        is_moved = seal["root"] in (root(ballots), root(sorted(ballots, key=lambda each: str(each[0]))))
        same = "reordered" if is_moved else "relabelled" if sizes != Counter(told["sizes"]) else "changed"
        kind = "dropped" if len(ballots) < seal["size"] else "added" if len(ballots) > seal["size"] else same
        faults.append((kind, f"these {len(ballots)} ballots are not the {seal['size']} that were sealed, in order"))
    return faults


def check_receipt(told: dict[str, Any], kept: dict[str, Any]) -> Faults:
    """Return what became of the ballot on a signed receipt, if it is not in the box as it was cast."""
    code, voice, turn = kept["receipt"], kept["voiceHundredths"], kept["turn"]
    cast = [code, voice, kept["marks"], turn, kept["nonce"]]
    note = f"wijkbudget/ballot\n{told['round']}\n{told['frozen_hash']}\n{code}\n{turn}\n{leaf(cast).hex()}\n"
    if not is_signed(json.loads(told["frozen"])["receipt_key"], note, kept["signature"]):
        return [("receipt", f"{code} was not signed for this round and this ballot")]
    found = next((ballot for ballot in told["ballots"] if ballot[0] == code), [code, voice, {}, 0])
    if found[3] > turn:
        return []  # Other marks were cast later with the same code, and another receipt was signed for those.
    counted = [code, told["counted_as"].get(str(voice), voice), *cast[2:]]
    same = "changed" if found[2:] != cast[2:] else "relabelled"
    kind = "dropped" if found[3] < turn else same
    return [] if found == counted else [(kind, f"{code} is not in the box as it was signed for")]


class Vote:
    """All that a tally looks at: rules, equal ballots together, and who goes first among equals."""

    def __init__(self, frozen: dict[str, Any], ballots: list[Any], order: list[str], *, is_equal: bool) -> None:
        """Count the votes, with their voices or with one voice each."""
        self.rules, self.budget = frozen["tally_parameters"], frozen["budget_cents"]
        self.cost: dict[str, int] = {each["key"]: each["cost_cents"] for each in frozen["options"]}
        self.rooms: list[tuple[int, dict[str, int]]] = []  # How much there is room for, and what each plan takes of it.
        for limit in frozen.get("limits", []):
            wins, spent = dict.fromkeys(limit["ids"], 1), {key: self.cost[key] for key in limit["ids"]}
            both = ((limit["wins_max"], wins), (limit["spent_cents_max"], spent))
            self.rooms += [(most, takes) for most, takes in both if most is not None]
        found = Counter((tuple(sorted(each[2].items())), 100 if is_equal else each[1]) for each in ballots)
        groups = [(dict(marks), voice * size, size) for (marks, voice), size in found.items()]
        self.purses, self.size, self.voices = len(groups), len(ballots), sum(voices for _marks, voices, _size in groups)
        self.level = lcm(*(mark for marks, _voices, _size in groups for mark in marks.values() if mark))
        self.backers: dict[str, list[tuple[int, int, int]]] = {key: [] for key in self.cost}
        self.votes, self.support, self.power, self.heads = (dict.fromkeys(self.cost, 0) for _each in range(4))
        for number, (marks, voices, size) in enumerate(groups):
            for key in (key for key in marks if marks[key]):
                mark = 1 if self.rules.get("utility") == "cardinality" else marks[key]
                self.backers[key].append((number, mark, voices))
                self.votes[key] += marks[key] * voices
                self.support[key] += voices
                self.power[key] += mark * voices
                self.heads[key] += size
        if len(self.cost) * self.purses > LONG:
            sys.stdout.write(f"Counting {self.size} ballots for {len(self.cost)} plans takes long.\n")
        self.rank = {key: place for place, key in enumerate(order)}
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
        mine = [(most, takes) for most, takes in self.rooms if key in takes]
        return all(sum(takes.get(each, 0) for each in (*winners, key)) <= most for most, takes in mine)

    def left(self, winners: list[str]) -> list[str]:
        """Return what has to be paid and can still win, most votes first."""
        return [key for key in self.keys if self.cost[key] and key not in winners and self.has_room(key, winners)]

    def worth(self, key: str, price: Fraction) -> tuple[Fraction, int]:
        """Return what an option costs for its worth at a price for each mark, and its place among equals."""
        return price / self.cost[key] if self.rules["utility"] == "cost" else price, self.rank[key]


def greedy(vote: Vote) -> list[str]:
    """Return what wins when most votes go first, as long as the money lasts."""
    keys, winners, too_dear = vote.left(vote.free), list(vote.free), vote.rules["too_dear"]
    if vote.rules.get("order") == "votes_per_euro":
        keys.sort(key=lambda key: (Fraction(-vote.votes[key], vote.cost[key]), vote.rank[key]))
    for key in (key for key in keys if vote.has_room(key, winners)):
        if vote.spent([*winners, key]) <= vote.budget:
            winners.append(key)
        elif too_dear != "skip":
            return [*winners, key] if too_dear == "part" and vote.spent(winners) < vote.budget else winners
    return winners


def equal_shares(vote: Vote) -> list[str]:
    """Return what wins when the money is divided over all voices and supporters pay together."""
    rules, step, budget = vote.rules, vote.rules["unit_cents"] * vote.size, vote.budget
    total = budget // step * step if step and rules.get("start") == "whole" else budget
    best = richer = shared(vote, total)
    while rules["completion"].startswith("add1") and vote.spent(richer) <= budget:
        best, total, most = richer, total + step, budget - (vote.spent(richer) if rules["stop"] == "exhaustive" else 0)
        if not [key for key in vote.left(best) if vote.cost[key] <= most]:
            break
        richer = shared(vote, total)
    if rules["completion"].endswith("greedy"):
        for key in sorted(vote.left(best), key=lambda key: vote.worth(key, Fraction(vote.cost[key], vote.power[key]))):
            best += [key] if vote.has_room(key, best) and vote.spent([*best, key]) <= budget else []
    return best


def shared(vote: Vote, total: int) -> list[str]:
    """Return what is bought when all purses hold so much together; it may cost more than the budget."""
    purses, scale, winners = [total] * vote.purses, vote.voices, list(vote.free)
    while vote.spent(winners) <= vote.budget:
        found: dict[str, Fraction] = {}
        for key in vote.left(winners):  # The lowest price of a mark, while those who have too little give all.
            owed, power = vote.cost[key] * scale, vote.power[key]
            able = [
                (purses[each[0]] * (vote.level // each[1]), purses[each[0]], *each[1:]) for each in vote.backers[key]
            ]
            for most, purse, mark, voices in sorted(able):
                if most * power >= owed * vote.level:
                    found[key] = Fraction(owed, power * scale)
                    break
                owed, power = owed - purse * voices, power - mark * voices
        if not found:
            break
        key = min(found, key=lambda key: vote.worth(key, found[key]))
        due = found[key] * scale  # Purses are whole numbers over a scale that grows when a price does not fit in it.
        purses, scale = [purse * due.denominator for purse in purses], scale * due.denominator
        for number, mark, _voices in vote.backers[key]:
            purses[number] -= min(purses[number], due.numerator * mark)
        winners.append(key)
    return winners


def phragmen(vote: Vote) -> list[str]:
    """Return what wins when all voices save alike, and supporters buy an option the moment they can pay it."""
    used, winners = [Fraction(0)] * vote.purses, list(vote.free)
    while keys := vote.left(winners):
        owed = {
            key: Fraction(vote.cost[key]) + sum(used[each[0]] * each[2] for each in vote.backers[key]) for key in keys
        }
        key = min(keys, key=lambda key: (owed[key] / vote.support[key], vote.rank[key]))
        if vote.spent([*winners, key]) > vote.budget:
            break
        for number, _mark, _voices in vote.backers[key]:
            used[number] = owed[key] / vote.support[key]
        winners.append(key)
    return winners


def maximin(vote: Vote) -> list[str] | None:
    """Return what wins when supporters carry all costs, and what raises the highest burden least goes first."""
    loads, winners = dict.fromkeys(vote.left(vote.free), Fraction(0)), list(vote.free)
    if len(vote.cost) * vote.purses > CELLS_MAX:
        return None
    while loads:
        key = min(loads, key=lambda key: (loads[key], vote.rank[key]))
        known = load = loads.pop(key)
        if not vote.has_room(key, winners) or vote.spent([*winners, key]) > vote.budget:
            continue
        while short := uncarried(vote, [*winners, key], load):
            voices = {number: each for one in short for number, _mark, each in vote.backers[one]}
            load = Fraction(vote.spent(short), sum(voices.values()))  # All their supporters must carry so much.
        if load > known:
            loads[key] = load  # What won before only raises loads, so only the lowest is looked at again.
        else:
            winners.append(key)
    return winners


def uncarried(vote: Vote, keys: list[str], load: Fraction) -> list[str]:
    """Return options that cost more than all their supporters can carry, none more than a load; or nothing."""
    flow = defaultdict[Any, Counter[Any]](Counter)  # What can go from "all" to options, supporters and "none".
    for key in keys:
        flow["all"]["plan", key] = vote.cost[key] * load.denominator
        for number, _mark, voices in vote.backers[key]:
            flow["plan", key][number], flow[number]["none"] = vote.cost[key] * load.denominator, voices * load.numerator
    while True:
        before, reached = dict[Any, Any](), list[Any](["all"])
        for node in (node for node in reached if "none" not in before):
            found = [other for other, room in flow[node].items() if room and other not in before]
            before |= dict.fromkeys(found, node)
            reached += found
        if "none" not in before:
            return [key for key in keys if ("plan", key) in before]
        path = ["none"]
        while path[-1] != "all":
            path.append(before[path[-1]])
        most = min(flow[one][other] for other, one in pairwise(path))
        for other, one in pairwise(path):
            flow[one][other], flow[other][one] = flow[one][other] - most, flow[other][one] + most


def welfare(vote: Vote) -> list[str] | None:
    """Return the set of options that fits with the highest total; of equal ones that with the first in the lot."""
    keys = sorted(vote.left(vote.free), key=lambda key: vote.rank[key])
    rooms = [(vote.budget, vote.cost), *vote.rooms]
    # Behind each total stands which options are in it, the first in the lot highest: so that no two are equal.
    totals = [vote.votes[key] * (vote.cost[key] if vote.rules["utility"] == "cost" else 1) for key in keys]
    if min(1 << len(keys), prod(most // (gcd(*takes.values()) or 1) + 1 for most, takes in rooms)) > SETS_MAX:
        return None

    @cache
    def best(at: int, left: tuple[int, ...]) -> int:
        if at == len(keys):
            return 0
        less = tuple(room - takes.get(keys[at], 0) for room, (_most, takes) in zip(left, rooms, strict=True))
        total = (totals[at] << len(keys)) + (1 << len(keys) - 1 - at)
        return max(best(at + 1, left), total + best(at + 1, less) if min(less) >= 0 else 0)

    chosen = best(0, tuple(most - sum(takes.get(key, 0) for key in vote.free) for most, takes in rooms))
    won = {key for at, key in enumerate(keys) if chosen >> len(keys) - 1 - at & 1}
    return [*vote.free, *(key for key in vote.keys if key in won)]


TALLIES = {each.__name__: each for each in (greedy, equal_shares, phragmen, maximin, welfare)}


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def compact(value: Any) -> str:
    """Return JSON with sorted keys and no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def leaf(ballot: list[Any]) -> bytes:
    """Return the hash of a ballot."""
    return hashlib.sha256(b"\x00" + compact(ballot).encode()).digest()


def root(ballots: list[Any]) -> str:
    """Return the root of a Merkle tree over ballots: neighbours are joined, an odd last one goes up as it is."""
    level = [leaf(ballot) for ballot in ballots] or [hashlib.sha256(b"").digest()]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [hashlib.sha256(b"\x01" + one + other).digest() for one, other in pairs] + level[len(level) & ~1 :]
    return level[0].hex()


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
        twice = times(number >> 1, plus(one, one)) if number else (0, 1)
        return plus(twice, one) if number & 1 else twice

    public, signed = base64.b64decode(key), bytes.fromhex(signature)
    digest = int.from_bytes(hashlib.sha512(signed[:32] + public + note.encode()).digest(), "little") % order
    scalar, base = int.from_bytes(signed[32:], "little"), point((4 * pow(5, -1, prime) % prime).to_bytes(32, "little"))
    return scalar < order and times(scalar, base) == plus(point(signed[:32]), times(digest, point(public)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
