"""The pictures and documents of a date. Rows go at once; their files are swept away when no other
row names them."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import User
from portal.core.database import db
from portal.core.documents import services as documents
from portal.core.documents.models import Visibility
from portal.core.documents.services import PreparedDocument
from portal.core.errors import DomainError
from portal.core.facts import tell
from portal.core.pictures import albums
from portal.core.pictures import services as pictures
from portal.core.pictures.albums import Move
from portal.core.pictures.services import PreparedPicture
from portal.core.rules import require
from portal.core.text import clean_line
from portal.core.workflows import check_version
from portal.events.facts import EventMediaChanged
from portal.events.models import Event, EventDocument, EventPicture
from portal.events.policies import may_edit
from portal.events.queries import find_attached, find_shown

MOST_PICTURES = 24
MOST_DOCUMENTS = 20
NO_PICTURE_MORE = _l("Mehr als 24 Bilder zeigt ein Termin nicht. Entfernen Sie zuerst eines.")
NO_DOCUMENT_MORE = _l("Mehr als 20 Dokumente hat ein Termin nicht. Entfernen Sie zuerst eines.")


class Full(DomainError):
    """There is no room for one more; `message` says what to do."""


def add_picture(
    event: Event, *, by: User, seen_version: int, prepared: PreparedPicture, alt: str, credit: str
) -> None:
    """At the end. Raises Full."""
    _open(event, by=by, seen_version=seen_version)
    if len(event.pictures) >= MOST_PICTURES:
        raise Full("pictures", about=event, message=NO_PICTURE_MORE)
    picture = pictures.keep(prepared, alt=alt, credit=credit)
    event.pictures = albums.numbered([*event.pictures, EventPicture(picture=picture)])
    _changed(event, by=by)


def describe_picture(
    event: Event, *, by: User, seen_version: int, key: str, alt: str, credit: str
) -> None:
    """Other words for the same picture."""
    _open(event, by=by, seen_version=seen_version)
    albums.describe(find_shown(event, key).picture, alt=alt, credit=credit)
    _changed(event, by=by)


def move_picture(event: Event, *, by: User, seen_version: int, key: str, to: Move) -> None:
    _open(event, by=by, seen_version=seen_version)
    shown = find_shown(event, key)
    event.pictures = albums.numbered(albums.moved(event.pictures, shown, to))
    _changed(event, by=by)


def remove_picture(event: Event, *, by: User, seen_version: int, key: str) -> None:
    _open(event, by=by, seen_version=seen_version)
    shown = find_shown(event, key)
    event.pictures = albums.numbered([one for one in event.pictures if one is not shown])
    db.session.flush()
    db.session.delete(shown.picture)
    _changed(event, by=by)


def add_document(
    event: Event,
    *,
    by: User,
    seen_version: int,
    prepared: PreparedDocument,
    title: str,
    visibility: Visibility,
) -> None:
    """At the end. Raises Full."""
    _open(event, by=by, seen_version=seen_version)
    if len(event.documents) >= MOST_DOCUMENTS:
        raise Full("documents", about=event, message=NO_DOCUMENT_MORE)
    last = max((attached.position for attached in event.documents), default=-1)
    kept = documents.keep(prepared, title=title)
    event.documents.append(EventDocument(document=kept, visibility=visibility, position=last + 1))
    _changed(event, by=by)


def describe_document(
    event: Event, *, by: User, seen_version: int, key: str, title: str, visibility: Visibility
) -> None:
    """Another title for the same file, or for whom it is."""
    _open(event, by=by, seen_version=seen_version)
    attached = find_attached(event, key)
    attached.document.title, attached.visibility = clean_line(title), visibility
    _changed(event, by=by)


def remove_document(event: Event, *, by: User, seen_version: int, key: str) -> None:
    _open(event, by=by, seen_version=seen_version)
    attached = find_attached(event, key)
    event.documents.remove(attached)
    db.session.flush()
    db.session.delete(attached.document)
    _changed(event, by=by)


def _open(event: Event, *, by: User, seen_version: int) -> None:
    """Raises Denied, or Conflict when somebody else has saved since the page was opened."""
    require(may_edit, by, event)
    check_version(event, seen_version)


def _changed(event: Event, *, by: User) -> None:
    """The last line of each change: the next page shows the next version. Calendars show none of
    it, so what they compare stays."""
    flag_modified(event, "changed_at")  # rows beside it do not raise its version
    db.session.flush()
    tell(EventMediaChanged(by=by, about=event))
