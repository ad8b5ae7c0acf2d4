"""The files of a revision by their keys, and all that goes with its text in plain words."""

from flask_babel import gettext as _

from portal.core.documents.kinds import NAMES
from portal.core.documents.models import Document
from portal.core.errors import Hidden
from portal.core.pictures.models import Picture
from portal.projects.models import Revision, Visibility


def picture_of(revision: Revision | None, key: str) -> Picture:
    """A picture that the revision shows now. Raises Hidden for any other key."""
    for shown in revision.pictures if revision else []:
        if shown.picture.key == key:
            return shown.picture
    raise Hidden("no such picture here")


def document_of(revision: Revision | None, key: str, *, internal: bool) -> Document:
    """A document that the revision has now; only a public one, unless `internal`. Raises Hidden
    for any other key."""
    for shown in revision.documents if revision else []:
        if shown.document.key == key and (internal or shown.visibility is Visibility.PUBLIC):
            return shown.document
    raise Hidden("no such document here")


def media_lines(revision: Revision) -> list[tuple[str, str]]:
    """For comparing two revisions: a name that stays the same for the same thing, and what is said
    of it, in words."""
    lines = [
        (
            f"picture.{shown.picture.key}",
            _(
                "Bild %(number)s: %(alt)s (Nachweis: %(credit)s)",
                number=place,
                alt=shown.picture.alt,
                credit=shown.picture.credit,
            ),
        )
        for place, shown in enumerate(revision.pictures, 1)
    ]
    lines += [
        (
            f"document.{shown.document.key}",
            f"{shown.document.title} ({NAMES[shown.document.kind]}, {shown.visibility.label})",
        )
        for shown in revision.documents
    ]
    if revision.video_url:
        lines.append(("video", _("Video: %(address)s", address=revision.video_url)))
    for place, link in enumerate(revision.links, 1):
        text = f"{link.label}: {link.address}" if link.label else link.address
        lines.append((f"link.{place}", _("Link %(number)s: %(text)s", number=place, text=text)))
    return [(name, str(text)) for name, text in lines]
