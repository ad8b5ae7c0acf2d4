"""The answer that carries a picture. Who may see it was decided by whoever calls `send`."""

from flask import Response, request

from portal.core.pictures.models import Picture
from portal.core.pictures.services import fitting, variant

DAY = 24 * 60 * 60
SHARED = f"public, max-age={DAY}"
PRIVATE = "private, no-store"
POLICY = "default-src 'none'; sandbox"


def send(picture: Picture, size: str, *, public: bool) -> Response:
    """The size that fits best, 404 for one that no page asks for. A key never gets other bytes, so
    a public one may be kept; only a day, because what is withdrawn shall vanish."""
    size = fitting(picture, size)
    content, mimetype = variant(picture, size)
    response = Response(content, mimetype=mimetype)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = SHARED if public else PRIVATE
    response.set_etag(f"{picture.key}-{size}")
    response.make_conditional(request)
    return response
