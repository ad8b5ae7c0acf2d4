"""The picture of a revision, by its key."""

from portal.core.errors import Hidden
from portal.core.pictures.models import Picture
from portal.projects.models import Revision


def picture_of(revision: Revision | None, key: str) -> Picture:
    """The picture that the revision shows now. Raises Hidden for any other key."""
    if revision is None or revision.picture is None or revision.picture.key != key:
        raise Hidden("no such picture here")
    return revision.picture
