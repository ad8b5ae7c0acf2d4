"""The picture of a revision, by its key."""

from portal.core.errors import Hidden
from portal.core.pictures.models import Picture
from portal.projects.models import Revision

ASKED = (480, 960, 1600)


def picture_of(revision: Revision | None, key: str) -> Picture:
    """The picture that the revision shows now. Raises Hidden for any other key."""
    if revision is None or revision.picture is None or revision.picture.key != key:
        raise Hidden("no such picture here")
    return revision.picture


def size_of(picture: Picture, asked: str) -> str:
    """Pages ask for three sizes; of a small picture they get the largest there is."""
    width, _, ending = asked.rpartition(".")
    if width not in {str(known) for known in ASKED}:
        return asked
    fitting = [made for made in picture.widths if made <= int(width)]
    return f"{max(fitting, default=min(picture.widths))}.{ending}"
