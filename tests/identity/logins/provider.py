# SPDX-License-Identifier: EUPL-1.2
"""An identity provider on loopback that does as it is told: honest, and then wrong in one way at a time."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from wijkbudget.identity.logins.settings import ProviderSettings

CLIENT, SECRET = "wijkbudget", "geheim"


def key(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid}, private=True)


@dataclass
class Provider:
    """What it says, and what it was asked."""

    server: ThreadingHTTPServer
    signs_with: ECKey = field(default_factory=lambda: key("one"))
    publishes: list[dict[str, Any]] | None = None
    """The keys it publishes; else the one it signs with."""
    metadata: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    """What stands in its tokens instead of what is right; None leaves a claim out."""
    token: str | None = None
    """The token it gives, whatever was asked."""
    status: int = 200
    asked: list[str] = field(default_factory=list)
    logins: dict[str, dict[str, str]] = field(default_factory=dict)
    """What each code was given for."""
    now: float = 0

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def settings(self, name: str = "gemeente", **more: Any) -> ProviderSettings:
        return ProviderSettings(
            key=name, name="de gemeente", issuer=self.issuer, client_id=CLIENT, secret=SECRET, **more
        )

    def log_in(self, address: str) -> dict[str, str]:
        """Do what a person does there, and return what comes back in the address."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert query["client_id"] == CLIENT
        code = f"code-{len(self.logins)}"
        self.logins[code] = query
        return {"code": code, "state": query["state"], "iss": self.issuer}

    def answer(self, path: str, headers: Any, form: dict[str, list[str]]) -> tuple[int, Any]:
        self.asked.append(path)
        if self.status != 200:
            return self.status, {"error": "server_error"}
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                **self.metadata,
            }
        if path == "/jwks":
            published = [self.signs_with.as_dict(private=False)] if self.publishes is None else self.publishes
            return 200, {"keys": published}
        return self._token(headers, form)

    def _token(self, headers: Any, form: dict[str, list[str]]) -> tuple[int, Any]:
        login = self.logins.pop(form["code"][0], None)
        known = headers["Authorization"] == f"Basic {base64.b64encode(f'{CLIENT}:{SECRET}'.encode()).decode()}"
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        fits = login and login["code_challenge"] == challenge and login["redirect_uri"] == form["redirect_uri"][0]
        if not login or not known or not fits:
            return 400, {"error": "invalid_grant"}
        given = {"access_token": "x", "token_type": "Bearer", "id_token": self.token or self.signed(login["nonce"])}
        return 200, given

    def said(self, nonce: str) -> dict[str, Any]:
        """Return what a token says."""
        right = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "abc",
            "nonce": nonce,
            "iat": int(self.now),
            "exp": int(self.now) + 300,
        }
        return {name: value for name, value in {**right, **self.claims}.items() if value is not None}

    def signed(self, nonce: str) -> str:
        header = {"alg": "ES256", "kid": self.signs_with.kid}
        return jwt.encode(header, self.said(nonce), self.signs_with, algorithms=["ES256"])


@contextmanager
def open_provider() -> Iterator[Provider]:
    """Serve a provider on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(parse_qs(body))

        def _say(self, form: dict[str, list[str]]) -> None:
            status, said = provider.answer(self.path, self.headers, form)
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
