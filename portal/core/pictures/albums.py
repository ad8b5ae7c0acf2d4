"""Several pictures in an order: what is asked for each of them, and the order itself. The rows are
the feature's own; each has a `picture` and a `position`."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask_babel import lazy_gettext as _l

from portal.core.errors import Hidden
from portal.core.forms import Form, UploadForm, choice, complain, file, line
from portal.core.pictures import services as pictures
from portal.core.pictures.models import ALT_LENGTH, CREDIT_LENGTH, Picture
from portal.core.pictures.refusals import PictureRefused
from portal.core.pictures.services import PreparedPicture
from portal.core.text import clean_line


class Shown(Protocol):
    picture: Any
    position: Any


S = TypeVar("S", bound=Shown)


class Move(StrEnum):
    """To where a picture goes."""

    FIRST = "first"
    UP = "up"
    DOWN = "down"


def find(album: Sequence[S], key: str) -> S:
    """Raises Hidden for a picture that is not in it."""
    for shown in album:
        if shown.picture.key == key:
            return shown
    raise Hidden("no such picture here")


def numbered(album: list[S]) -> list[S]:
    for place, shown in enumerate(album):
        shown.position = place
    return album


def moved(album: Sequence[S], shown: S, to: Move) -> list[S]:
    """Who is first goes no further up, who is last no further down."""
    rest = [other for other in album if other is not shown]
    place = list(album).index(shown)
    place = {Move.FIRST: 0, Move.UP: max(0, place - 1), Move.DOWN: place + 1}[to]
    return [*rest[:place], shown, *rest[place:]]


def describe(picture: Picture, *, alt: str, credit: str) -> None:
    picture.alt, picture.credit = clean_line(alt), clean_line(credit)


class PictureWordsForm(Form):
    """The words of a picture."""

    alt = line(
        _l("Was ist auf dem Bild zu sehen?"),
        most=ALT_LENGTH,
        hint=_l("Für Menschen, die das Bild nicht sehen."),
        missing=_l("Beschreiben Sie, was auf dem Bild zu sehen ist."),
        autocomplete="off",
    )
    credit = line(
        _l("Bildnachweis"),
        most=CREDIT_LENGTH,
        hint=_l("Wer hat das Bild gemacht?"),
        missing=_l("Nennen Sie, wer das Bild gemacht hat."),
        autocomplete="off",
    )


class PictureFileForm(UploadForm):
    upload = file(
        _l("Bild"),
        hint=_l("JPEG, PNG oder WebP, bis 10 MB. Am besten im Querformat, 1600 Pixel."),
        missing=_l("Wählen Sie ein Bild aus."),
    )


class NewPictureForm(PictureFileForm, PictureWordsForm):
    def prepared(self) -> PreparedPicture | None:
        """The slow work, before the transaction. None when the picture is refused; the reason
        stands at the field then."""
        try:
            return pictures.prepare(self.sent)
        except PictureRefused as refusal:
            complain(self.upload, refusal.message)
            return None

    def words(self) -> dict[str, str]:
        return {"alt": self.alt.data, "credit": self.credit.data}


class MoveForm(Form):
    to = choice(
        _l("Wohin"),
        [(move.value, move.value) for move in Move],
        missing=_l("Wählen Sie einen der angebotenen Einträge."),
    )
