"""The session cookie: `__Host-` and Secure on https, plain on a loopback http."""

from typing import Any

from litestar import Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

_BEARER = "Bearer "


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


def cookie_name(secure: bool) -> str:  # noqa: FBT001 - one flag, one meaning
    """Return the name of the session cookie."""
    return "__Host-session" if secure else "session"


def is_https(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Return whether readers come here over https."""
    origin: str = connection.app.state.origin
    return origin.startswith("https:")


def _cookie(connection: ASGIConnection[Any, Any, Any, Any], token: str, max_age: int | None = None) -> Cookie:
    https = is_https(connection)
    return Cookie(
        key=cookie_name(https), value=token, path="/", secure=https, httponly=True, samesite="lax", max_age=max_age
    )
