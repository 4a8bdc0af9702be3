# SPDX-License-Identifier: EUPL-1.2
"""Gives a file that somebody sent back to a reader, so that it can do nothing in our name."""

from collections.abc import AsyncIterator

from litestar import Response
from litestar.response import Stream


def download(content: bytes, *, name: str, media_type: str) -> Response[bytes]:
    """Return a file to be kept, never shown as a page of ours. Source: OWASP ASVS 5.0, 3.2.1 and 5.4.1."""
    return Response(content, media_type=media_type, headers=_headers(name))


def download_flow(pieces: AsyncIterator[bytes], *, name: str, media_type: str) -> Stream:
    """Return the same for a file that is sent while it is made."""
    return Stream(pieces, media_type=media_type, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
