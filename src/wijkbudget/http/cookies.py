# SPDX-License-Identifier: EUPL-1.2
"""The session cookie: `__Host-` and Secure on https, plain on a loopback http."""

from typing import Any

from litestar import Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

_BEARER = "Bearer "
_SESSION = "session"
_HANDSHAKE = "handshake"


def session_token(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """Return the session's token from the cookie, or from the Authorization header of an API client."""
    header = connection.headers.get("Authorization", "")
    if header.startswith(_BEARER):
        return header.removeprefix(_BEARER)
    return connection.cookies.get(cookie_name(is_https(connection)))


def set_session(response: Response[Any], connection: ASGIConnection[Any, Any, Any, Any], token: str) -> None:
    """Put the token in the session cookie."""
    response.set_cookie(_cookie(connection, token))


def clear_session(response: Response[Any], connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Take the session cookie away."""
    response.set_cookie(_cookie(connection, "", max_age=0))


def handshake_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Return the handshake with an identity provider that this browser began; empty if it began none."""
    return connection.cookies.get(_host_only(is_https(connection), _HANDSHAKE), "")


def set_handshake(
    response: Response[Any], connection: ASGIConnection[Any, Any, Any, Any], state: str, *, max_age: int
) -> None:
    """Put a handshake in a cookie; `max_age` 0 takes it away."""
    response.set_cookie(_cookie(connection, state, name=_HANDSHAKE, max_age=max_age))


def cookie_name(secure: bool) -> str:  # noqa: FBT001 - one flag, one meaning
    """Return the name of the session cookie."""
    return _host_only(secure, _SESSION)


def _host_only(secure: bool, name: str) -> str:  # noqa: FBT001 - one flag, one meaning
    return f"__Host-{name}" if secure else name


def is_https(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Return whether readers come here over https."""
    origin: str = connection.app.state.origin
    return origin.startswith("https:")


def _cookie(
    connection: ASGIConnection[Any, Any, Any, Any], token: str, *, name: str = _SESSION, max_age: int | None = None
) -> Cookie:
    https = is_https(connection)
    return Cookie(
        key=_host_only(https, name), value=token, path="/", secure=https, httponly=True, samesite="lax", max_age=max_age
    )
