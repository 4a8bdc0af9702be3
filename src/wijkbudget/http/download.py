"""Gives a file that somebody sent back to a reader, so that it can do nothing in our name."""

from litestar import Response


def download(content: bytes, *, name: str, media_type: str) -> Response[bytes]:
    """Return a file to be kept, never shown as a page of ours. Source: OWASP ASVS 5.0, 3.2.1 and 5.4.1."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=media_type, headers=headers)
