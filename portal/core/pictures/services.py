"""Taking pictures in, and giving their files out.

The slow part stands before the transaction: `prepare` re-encodes and writes the files, `keep` only
adds the row. What was prepared and never kept, and the files of deleted rows, core.sweeping clears
away.
"""

import secrets
from dataclasses import dataclass

from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.pictures.models import Picture
from portal.core.pictures.processing import reencode
from portal.core.pictures.refusals import PictureRefused, Reason
from portal.core.pictures.storage import media
from portal.core.text import clean_line

MIMETYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
ASKED = (480, 960, 1600)  # the widths in components/picture.html
LARGEST = 10 * 1024 * 1024  # bytes of what is sent


@dataclass(frozen=True)
class PreparedPicture:
    """Files that wait for their row."""

    key: str
    width: int
    height: int
    widths: list[int]


def prepare(data: bytes) -> PreparedPicture:
    """Slow, without the database. Raises PictureRefused, whose message belongs to the field."""
    if len(data) > LARGEST:
        raise PictureRefused(Reason.TOO_LARGE)
    made = reencode(data)
    key = secrets.token_hex(16)
    for name, content in made.files.items():
        media().put(key, name, content)
    return PreparedPicture(key, made.width, made.height, made.widths)


def keep(prepared: PreparedPicture, *, alt: str, credit: str) -> Picture:
    """Adds the row in the current transaction."""
    picture = Picture(
        key=prepared.key,
        width=prepared.width,
        height=prepared.height,
        widths=prepared.widths,
        alt=clean_line(alt),
        credit=clean_line(credit),
    )
    db.session.add(picture)
    return picture


def again(picture: Picture) -> Picture:
    """A second row for the same files: its words may change, and it may go, without the first."""
    copied = Picture(
        key=picture.key,
        width=picture.width,
        height=picture.height,
        widths=list(picture.widths),
        alt=picture.alt,
        credit=picture.credit,
    )
    db.session.add(copied)
    return copied


def discard(prepared: PreparedPicture) -> None:
    """The form turned out to be invalid: the files need not wait for the sweep."""
    media().delete(prepared.key)


def sizes(picture: Picture, ending: str = "webp") -> list[str]:
    """The names of the sizes, the smallest first: "480.webp", "960.webp", "1600.webp"."""
    return [f"{width}.{ending}" for width in picture.widths]


def fitting(picture: Picture, asked: str) -> str:
    """Pages ask for three sizes; of a small picture they get the largest there is."""
    width, _, ending = asked.rpartition(".")
    if width not in {str(known) for known in ASKED}:
        return asked
    made = [one for one in picture.widths if one <= int(width)]
    return f"{max(made, default=min(picture.widths))}.{ending}"


def variant(picture: Picture, size: str) -> tuple[bytes, str]:
    """The bytes and the type of one size; raises Hidden for a size that was never made."""
    ending = size.rpartition(".")[2]
    if ending not in MIMETYPES or size not in sizes(picture, ending):
        raise Hidden(f"no size {size!r}", about=picture)
    return media().get(picture.key, size), MIMETYPES[ending]
