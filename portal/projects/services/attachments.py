"""The documents of a revision, for everybody or for its own people, in the order they came."""

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.database import db
from portal.core.documents import services as documents
from portal.core.documents.services import PreparedDocument
from portal.core.errors import Hidden
from portal.core.text import clean_line
from portal.projects.models import Project, Revision, RevisionDocument, Visibility
from portal.projects.services.media import Full, changed, to_change

MOST_DOCUMENTS = 10
FULL = _l("Mehr als zehn Dokumente hat ein Projekt nicht. Entfernen Sie zuerst eines.")


def add_document(
    project: Project,
    *,
    by: User,
    seen_version: int,
    prepared: PreparedDocument,
    title: str,
    visibility: Visibility,
) -> None:
    """Raises Full."""
    revision = to_change(project, by=by, seen_version=seen_version)
    if len(revision.documents) >= MOST_DOCUMENTS:
        raise Full("documents", about=project, message=FULL)
    attach(revision, prepared, title=title, visibility=visibility)
    changed(revision, by=by)


def attach(
    revision: Revision, prepared: PreparedDocument, *, title: str, visibility: Visibility
) -> None:
    """The row alone; for `add_document`, and for who loads a dataset."""
    last = max((shown.position for shown in revision.documents), default=-1)
    kept = documents.keep(prepared, title=title)
    revision.documents.append(
        RevisionDocument(document=kept, visibility=visibility, position=last + 1)
    )


def describe_document(
    project: Project,
    *,
    by: User,
    seen_version: int,
    key: str,
    title: str,
    visibility: Visibility,
) -> None:
    """Another title for the same file, or for whom it is."""
    revision = to_change(project, by=by, seen_version=seen_version)
    shown = find_attached(revision, key)
    shown.document.title, shown.visibility = clean_line(title), visibility
    changed(revision, by=by)


def remove_document(project: Project, *, by: User, seen_version: int, key: str) -> None:
    """Its row goes at once; its file is swept away when no other row names it."""
    revision = to_change(project, by=by, seen_version=seen_version)
    shown = find_attached(revision, key)
    revision.documents.remove(shown)
    db.session.flush()
    db.session.delete(shown.document)
    changed(revision, by=by)


def find_attached(revision: Revision, key: str) -> RevisionDocument:
    """Raises Hidden for a document that the revision does not have."""
    for shown in revision.documents:
        if shown.document.key == key:
            return shown
    raise Hidden("no such document here")
