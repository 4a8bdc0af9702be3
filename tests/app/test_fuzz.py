# SPDX-License-Identifier: EUPL-1.2
"""Whatever comes in gets an answer below 500: thousands of requests that nobody would send by accident.

`make proof-fuzz` sends many more; a failure prints the seed and the request, which are the same again in every run.
"""

import json
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote_from_bytes

from tests.app.house import PLACES, House
from tests.app.knocking import Answer, Knocker
from tests.app.samples import UNKNOWN, form_of, sample
from tests.conftest import ORIGIN
from tools.documents import routes
from wijkbudget.app.proof import first_fault
from wijkbudget.app.tables import METADATA
from wijkbudget.identity import seed as people
from wijkbudget.identity.rules.roles import GRANTABLE
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.reports.exports import EXPORTS

REQUESTS = int(os.environ.get("WIJKBUDGET_PROOF_REQUESTS", "3000"))
SEED = int(os.environ.get("WIJKBUDGET_PROOF_SEED", "1"))

_ROUTES = sorted(routes(), key=lambda found: (found[1], found[0]))
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "\x01")
_TEXTS = (
    "", " ", "\x00", "a\x00b", "\x1b[2J", "é" * 300, "x" * 5_000, "\ud800", "\u202e", "\U0001f469\u200d\U0001f33e",
    "٣", "²", "½", "Ⅷ", "-1", "0", "1e9", "5.0", "9" * 400, "0x10", "1_000", "+5", "0001-01-01", "9999-12-31",
    "2026-02-30", "2026-W01-1", "20260301", "2026-03-01T00:00:00Z", "%s %(x)s %d", "{{ 7 * 7 }}", "{x}", "'; --",
    "<script>", "../../etc/passwd", "..\\..", "null", "true", "oost", "west", "Oost", UNKNOWN, "9901AA", "99 01 aa",
    "NL91ABNA0417164300", "0000-0000-0000-0000", "0" * 16, "account:pot", "pot:oost:2025", "external:municipality",
    "%PDF-1.4\n%%EOF", "iVBORw0KGgo=", "/9j/", "====", "[a]\nb = 1", "META\nkey;value\n", "a;b;c\n1;2;3\n", "\ufeff",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    *_TEXTS, None, True, False, 0, 1, -1, 5.0, 1.5, 1e308, 2**31, 2**53, 2**63 - 1, 2**63, 10**400, [], {}, [[]],
    [None], {"": ""}, {"a": {"b": [1, {"c": 2}]}}, ["x"] * 200, [UNKNOWN] * 21,
)  # fmt: skip
_BODIES = (
    b"", b"{", b"}", b"[]", b"null", b"0", b'"x"', b"NaN", b"-Infinity", b"1e999999", b"\xff\xfe", b"\x00", b"{}\x00",
    b"[" * 50_000, b'{"a":' * 40, b'{"a":1,"a":2}', b'{"\\ud800":"\\udc00"}', b"\xef\xbb\xbf{}",
    b"{" + b" " * 9_000 + b"}",
    b"=", b"&&&=&", b"a=%", b"a=%ff%fe", b"a=%00&a=%00", b"csrf_token=%ff", b"rows.0.0.0=1&rows.99999999999=1",
    b"&".join(b"a=1" for _each in range(3_000)),
    b"--x\r\n\r\n--x--",
    b'--x\r\nContent-Disposition: form-data; name="receipt"; filename="a"\r\n\r\n\xff\r\n--x--\r\n',
    b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--",
    b"--x\r\nContent-Disposition: \xff\r\nContent-Type: \xff",
)  # fmt: skip
_TYPES = (
    "application/json", "application/json; charset=utf-16", "application/json;charset=nonsense", "APPLICATION/JSON",
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=\xe9", "multipart/form-data",
    "multipart/form-data; boundary=x", "multipart/form-data; boundary=", "text/plain", "application/msgpack", "x", ";",
    "",
)  # fmt: skip
_HEADERS = (
    "cookie", "authorization", "accept", "accept-language", "if-none-match", "content-length", "content-encoding",
    "transfer-encoding", "range", "sec-fetch-site", "x-forwarded-for", "x-forwarded-host", "x-http-method-override",
)  # fmt: skip
_HEADER_TEXTS = (
    *_TEXTS, "Bearer \xe9", "Bearer ", "Bearer a b", "Basic Og==", "done=%ff; session=\xe9", "language=en",
    "language=xx", 'language="../nl"; language=nl', "language=\x00", "=;=;;", "session", "session=a; session=b",
    "__Host-session=a",
    "en;q=0.5, *;q=0", "nl;q=1.0001", "nl;q=nan", "nl-NL-x-a;q=", "en,,;q", "nl_NL@formal", "en-" * 3_000, "*" * 9_000,
    "text/csv", "application/json;q=0, text/*;q=nan", "text/html;q=\xe9", "*/*;version=9e999", "/", "a/b/c;;=",
    "bytes=0-", "chunked", "gzip", "cross-site", "DELETE",
)  # fmt: skip
_RIGHT = {"format": "csv", "year": "2025", "earlier": "1", "later": "2", "op": "2026-03-02", "on": "2026-03-02"}
"""What a question takes; others take a text, or a number."""

_PLACES_APART = (
    "/static/", "/static/../cli.py", "/static/%2e%2e/%2e%2e/etc/passwd", "/static/a%00.css", "/static/%ff",
    "/static/" + "a" * 5_000, "/static/" + "a/" * 300, "/static/css/..%2f..%2f", "//", "/api/v1/",
)  # fmt: skip

HANG_SECONDS = 2
"""So long an answer may take at most; most take a few thousandths."""

LEFT_BY_GUESTS = frozenset({"wrong_try", "login_code", "errand"})
"""Where a guest may leave something: a wrong try, and a code that is mailed, whoever reads the mailbox."""


@dataclass(frozen=True)
class Knock:
    """One request, as it is sent."""

    method: str
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@dataclass
class Fuzzer:
    """Makes requests that are mostly right, so that they come far, with something odd in them."""

    chance: random.Random
    ids: Sequence[dict[str, str]]
    sessions: Sequence[tuple[str, str]]
    """Tokens with the token of their forms."""

    def knocks(self, count: int) -> Iterator[Knock]:
        for _number in range(count):
            yield self._knock()

    def _often(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def _knock(self) -> Knock:
        method, template, handler = self.chance.choice(_ROUTES)
        kinds = [kind for function in handler.opt["does"] if (kind := function.__annotations__.get("command"))]
        is_api = template.startswith("/api/")
        session = self.chance.choice(self.sessions) if self.sessions else None
        if self._often(5):
            method = self.chance.choice(_METHODS)
        headers = {
            "host": ORIGIN.partition("//")[2] if self._often(97) else self.chance.choice(_TEXTS),
            "origin": ORIGIN if self._often(95) else self.chance.choice(_TEXTS),
            "content-type": _TYPES[0 if is_api else 4] if self._often(90) else self.chance.choice(_TYPES),
            "idempotency-key": f"fuzz-{self.chance.random()}" if self._often(95) else self.chance.choice(_TEXTS),
        }
        if session:
            headers["cookie"] = f"session={session[0]}"
        if self._often(10):
            headers[self.chance.choice(_HEADERS)] = self.chance.choice(_HEADER_TEXTS)
        body = self._body(kinds[0] if kinds else None, session, is_api=is_api)
        target = self._path(template) + self._query(handler.parsed_fn_signature.parameters)
        sent = _encoded(headers)
        if self._often(2):
            sent = (*sent, self.chance.choice(sent), (b"\xff \x00:", b"\r\n"), (b"", b""))
        return Knock(method, target, sent, body if method != "GET" else b"")

    def _path(self, template: str) -> bytes:
        if self._often(1):
            return self.chance.choice(_PLACES_APART).encode()
        if self._often(2):
            return b"/" + quote_from_bytes(self._bytes(self.chance.choice(_TEXTS)), safe="/%").encode()
        ids = self.chance.choice(self.ids)
        parts = []
        for part in template.split("/"):
            if not part.startswith("{"):
                parts.append(part)
            elif self._often(8):
                parts.append(quote_from_bytes(self._bytes(self.chance.choice(_TEXTS))))
            else:
                parts.append(ids.get(part[1:-1], UNKNOWN))
        return "/".join(parts).encode()

    def _query(self, taken: Iterable[str]) -> bytes:
        """Return what a question asks for, if it asks anything, with something odd in it now and then."""
        names = [name for name in taken if name not in {"self", "desk", "request", "data"}]
        if self._often(95 if not names else 20):
            return b""
        asked = [
            self.chance.choice(names if names and self._often(90) else ["", "a[]", "csrf_token", "format"]).encode()
            for _each in range(self.chance.randrange(1, 4))
        ]
        said = [_RIGHT.get(name.decode(), "1") if self._often(50) else self.chance.choice(_TEXTS) for name in asked]
        pairs = [
            name + b"=" + quote_from_bytes(self._bytes(text)).encode() for name, text in zip(asked, said, strict=True)
        ]
        return b"?" + (b"&".join(pairs) if self._often(95) else self.chance.choice(_BODIES)[:500])

    def _body(self, kind: Any, session: tuple[str, str] | None, *, is_api: bool) -> bytes:
        if self._often(8):
            return self.chance.choice(_BODIES)
        body = sample(kind) if kind else {}
        for name in list(body):
            if self._often(25):
                body[name] = self.chance.choice(_VALUES)
            elif name == "personId" or (isinstance(body[name], list) and self._often(50)):
                body[name] = self._people(body[name])
        if is_api:
            return json.dumps(body).encode()
        fields = form_of(body) if self._often(95) else {}
        fields |= {"csrf_token": [session[1]]} if session else {}
        fields["reference"] = [str(self.chance.random()) if self._often(95) else self.chance.choice(_TEXTS)]
        return b"&".join(
            quote_from_bytes(self._bytes(name)).encode() + b"=" + quote_from_bytes(self._bytes(value)).encode()
            for name, values in fields.items()
            for value in values
        )

    def _people(self, given: Any) -> Any:
        people = [ids["person_id"] for ids in self.ids]
        return people if isinstance(given, list) and given and isinstance(given[0], str) else self.chance.choice(people)

    def _bytes(self, text: str) -> bytes:
        return text.encode("utf-8", "surrogatepass")


def _encoded(headers: dict[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.encode(), value.encode("utf-8", "surrogatepass")[:8_000]) for name, value in headers.items())


def _faults(knocker: Knocker, fuzzer: Fuzzer, count: int) -> list[str]:
    """Send requests and return those that were answered with 500 or more, or not at all, or not in time."""
    # It is made once, at the first question for it.
    knocker.get("/api/v1/openapi.json")
    knocker.seconds_max = HANG_SECONDS
    wrong = []
    for number, knock in enumerate(fuzzer.knocks(count)):
        asked = f"#{number} {knock}"[:1_500]
        try:
            answer = _answer(knocker, knock, number)
        except Exception as bug:  # noqa: BLE001 - any exception is a finding
            wrong.append(f"{bug!r}: {asked}")
            continue
        if answer.status >= 500:
            wrong.append(f"{answer.status}: {asked}")
    return wrong


def _answer(knocker: Knocker, knock: Knock, number: int) -> Answer:
    """Send a request from a machine of its own, so that none has to wait; once more if it takes too long.

    A computer with much to do stands still now and then; a request that hangs does so again. Raises TimeoutError.
    """
    sent = partial(knocker.raw, knock.method, knock.target, headers=knock.headers, body=knock.body, peer=f"10.{number}")
    try:
        return sent()
    except TimeoutError:
        return sent()


def _everything(house: House) -> list[dict[str, str]]:
    """Return what addresses can name, for each place; sometimes of two places together."""
    statement = "SELECT id FROM time_entry WHERE place = :place LIMIT 1"
    entries = {place: house.rows(statement, place=place)[0][0] for place in PLACES}
    found = [
        house.ids(place) | {"place": place, "year": year, "entry_id": entries[place], "export": export}
        for place, year in zip(PLACES, ("2025", "2026"), strict=True)
        for export in EXPORTS
    ]
    return [*found, *found, {**found[0], "place": PLACES[1]}]


def _everybody(house: House) -> list[Actor]:
    """Return people in every role, among them residents who hold all roles together and so come furthest."""
    powerful = []
    for place in PLACES:
        actor = house.actors[Role.RESIDENT, place]
        for role in GRANTABLE:
            if role is not Role.AUDITOR:
                actor = people.grant(house.desk, place, actor, role)
        powerful.append(actor)
    return [*powerful * 6, *(actor for (role, _where), actor in house.actors.items() if role is not Role.RESIDENT)]


def _counts(house: House) -> dict[str, int]:
    """Return how many rows each table has, but for what guests may leave, and that they asked for a letter or mail."""
    counts = {name: house.rows(f"SELECT COUNT(*) FROM {name}")[0][0] for name in METADATA.tables}
    kinds = "('identity.LetterAsked', 'identity.MailAsked')"
    asked = house.rows(f"SELECT COUNT(*) FROM trail_entry WHERE kind IN {kinds}")[0][0]
    counts = {name: count for name, count in counts.items() if name not in LEFT_BY_GUESTS}
    return counts | {"trail_entry": counts["trail_entry"] - asked, "trail_unsealed": counts["trail_unsealed"] - asked}


class TestAnyRequest:
    def test_of_a_guest_is_answered_and_changes_nothing(self, copy: House):
        before = _counts(copy)
        fuzzer = Fuzzer(random.Random(SEED), _everything(copy), ())
        wrong = _faults(copy.knocker, fuzzer, REQUESTS // 3)
        assert not wrong, "\n".join(wrong[:10])
        assert _counts(copy) == before

    def test_of_people_in_every_role_is_answered_and_leaves_the_house_whole(self, copy: House):
        sessions = [
            (token, copy.desk.keys.keyed_hash("csrf", token)) for token in map(copy.token, _everybody(copy)) if token
        ]
        fuzzer = Fuzzer(random.Random(SEED), _everything(copy), sessions)
        wrong = _faults(copy.knocker, fuzzer, REQUESTS - REQUESTS // 3)
        assert not wrong, "\n".join(wrong[:10])
        assert copy.desk.ask(first_fault) is None
