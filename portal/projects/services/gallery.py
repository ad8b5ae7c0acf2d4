"""The pictures of a revision: the first one is the cover, which lists and cards show."""

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.database import db
from portal.core.pictures import albums
from portal.core.pictures import services as pictures
from portal.core.pictures.albums import Move
from portal.core.pictures.changes import PictureChange
from portal.core.pictures.models import Picture
from portal.core.pictures.services import PreparedPicture
from portal.projects.models import Project, Revision, RevisionPicture
from portal.projects.services.media import Full, changed, to_change

MOST_PICTURES = 8
FULL = _l("Mehr als acht Bilder zeigt eine Seite nicht. Entfernen Sie zuerst eines.")


def add_picture(
    project: Project,
    *,
    by: User,
    seen_version: int,
    prepared: PreparedPicture,
    alt: str,
    credit: str,
) -> None:
    """At the end; the first one is the cover. Raises Full."""
    revision = to_change(project, by=by, seen_version=seen_version)
    if len(revision.pictures) >= MOST_PICTURES:
        raise Full("pictures", about=project, message=FULL)
    show_too(revision, pictures.keep(prepared, alt=alt, credit=credit))
    changed(revision, by=by)


def show_too(revision: Revision, picture: Picture) -> None:
    """The row alone; for `add_picture`, and for who loads a dataset."""
    _arrange(revision, [*revision.pictures, RevisionPicture(picture=picture)])


def describe_picture(
    project: Project, *, by: User, seen_version: int, key: str, alt: str, credit: str
) -> None:
    """Other words for the same picture."""
    revision = to_change(project, by=by, seen_version=seen_version)
    albums.describe(find_shown(revision, key).picture, alt=alt, credit=credit)
    changed(revision, by=by)


def move_picture(project: Project, *, by: User, seen_version: int, key: str, to: Move) -> None:
    """Who is first goes no further up, who is last no further down."""
    revision = to_change(project, by=by, seen_version=seen_version)
    shown = find_shown(revision, key)
    _arrange(revision, albums.moved(revision.pictures, shown, to))
    changed(revision, by=by)


def remove_picture(project: Project, *, by: User, seen_version: int, key: str) -> None:
    """The next one becomes the cover, where it was the first."""
    revision = to_change(project, by=by, seen_version=seen_version)
    _drop(revision, find_shown(revision, key))
    changed(revision, by=by)


def write_picture(revision: Revision, change: PictureChange) -> None:
    """The cover, as the form of the text has it: a new one takes its place, the others stay."""
    cover = revision.pictures[0] if revision.pictures else None
    picture = change.applied_to(cover.picture if cover else None)
    if cover and picture is not cover.picture:
        _drop(revision, cover)
    if picture and picture is not revision.picture:
        _arrange(revision, [RevisionPicture(picture=picture), *revision.pictures])


def find_shown(revision: Revision, key: str) -> RevisionPicture:
    """Raises Hidden for a picture that the revision does not show."""
    return albums.find(revision.pictures, key)


def _arrange(revision: Revision, shown: list[RevisionPicture]) -> None:
    revision.pictures = albums.numbered(shown)
    revision.picture = shown[0].picture if shown else None


def _drop(revision: Revision, dropped: RevisionPicture) -> None:
    """Its row goes at once; its files are swept away when no other row names them."""
    picture = dropped.picture
    _arrange(revision, [one for one in revision.pictures if one is not dropped])
    db.session.flush()
    db.session.delete(picture)
