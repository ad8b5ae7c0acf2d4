"""Why a picture is not taken, in words for the person who sent it."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.core.errors import DomainError


class Reason(StrEnum):
    """The worker names all but the last three by these values."""

    EMPTY = "empty"
    NO_PICTURE = "no_picture"
    OTHER_FORMAT = "other_format"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOOK_TOO_LONG = "took_too_long"
    BUSY = "busy"


MESSAGES = {
    Reason.EMPTY: _l("Die Datei ist leer. Bitte wählen Sie eine andere Datei aus."),
    Reason.NO_PICTURE: _l("Die Datei ist kein Bild. Bitte wählen Sie ein JPEG, PNG oder WebP aus."),
    Reason.OTHER_FORMAT: _l(
        "Dieses Format nehmen wir nicht an. Bitte speichern Sie das Bild als JPEG, PNG oder WebP."
    ),
    Reason.TOO_MANY_PIXELS: _l(
        "Das Bild hat mehr als 50 Megapixel. Bitte verkleinern Sie es und laden Sie es neu hoch."
    ),
    Reason.BROKEN: _l(
        "Das Bild ist beschädigt oder unvollständig. Bitte speichern Sie es neu oder wählen Sie"
        " ein anderes aus."
    ),
    Reason.TOO_LARGE: _l(
        "Das Bild ist größer als 10 MB. Bitte verkleinern Sie es und laden Sie es neu hoch."
    ),
    Reason.TOOK_TOO_LONG: _l(
        "Das Bild ließ sich nicht in angemessener Zeit verarbeiten. Bitte verkleinern Sie es und"
        " laden Sie es neu hoch."
    ),
    Reason.BUSY: _l(
        "Gerade werden viele Bilder verarbeitet. Bitte laden Sie das Bild in einer Minute noch"
        " einmal hoch."
    ),
}


class PictureRefused(DomainError):
    """422; `message` belongs to the field of the form."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"picture refused: {reason}", message=MESSAGES[reason])
        self.reason = reason
