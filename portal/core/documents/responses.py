"""The answer that carries a document. Who may have it was decided by whoever calls `send`."""

from flask import Response, request

from portal.core.documents.kinds import MIMETYPES
from portal.core.documents.models import Document
from portal.core.documents.services import content
from portal.core.text import slugify

SHARED = "public, max-age=0, must-revalidate"  # what is withdrawn is gone with the next request
PRIVATE = "private, no-store"
POLICY = "default-src 'none'; sandbox"


def send(document: Document, *, public: bool) -> Response:
    """For saving, never for showing: a file that somebody sent shall not act in the portal's name.
    The name is made of the title; the sender's own is never kept."""
    response = Response(content(document), mimetype=MIMETYPES[document.kind])
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(document)}"'
    response.headers["Cache-Control"] = SHARED if public else PRIVATE
    response.set_etag(document.key)
    response.make_conditional(request, accept_ranges=True, complete_length=document.size)
    return response


def file_name(document: Document) -> str:
    """The one writer of download names: letters, digits and hyphens, and the proper ending."""
    return f"{slugify(document.title)}.{document.kind}"
