"""The fields of a picture in a form: the file, what is on it, who made it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from portal.core.forms import Form, complain, file, line, tick
from portal.core.pictures import services
from portal.core.pictures.changes import PictureChange
from portal.core.pictures.models import ALT_LENGTH, CREDIT_LENGTH
from portal.core.pictures.refusals import PictureRefused

PICTURE_FIELDS = ("picture", "picture_alt", "picture_credit", "picture_remove")


class PictureForm(Form):
    """For a thing with one picture. Words for it are asked for as soon as there is one."""

    picture = file(
        _l("Bild"), hint=_l("JPEG, PNG oder WebP, bis 10 MB. Am besten im Querformat, 1600 Pixel.")
    )
    picture_alt = line(
        _l("Was ist auf dem Bild zu sehen?"),
        most=ALT_LENGTH,
        hint=_l("Für Menschen, die das Bild nicht sehen. Nötig, sobald es ein Bild gibt."),
    )
    picture_credit = line(
        _l("Bildnachweis"),
        most=CREDIT_LENGTH,
        hint=_l("Wer hat das Bild gemacht? Nötig, sobald es ein Bild gibt."),
    )
    picture_remove = tick(_l("Bild entfernen"))

    def __init__(self, *args: Any, has_picture: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_picture = has_picture
        for name in PICTURE_FIELDS:  # last in the form, so last in its list of errors
            self._fields[name] = self._fields.pop(name)

    @property
    def upload(self) -> FileStorage | None:
        """The file that was sent, if there is one."""
        sent = self.picture.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        self.check_more()
        if self.upload or (self.has_picture and not self.picture_remove.data):
            self._ask_for_words()
        if self.errors and self.upload:
            complain(self.picture, _("Wählen Sie das Bild noch einmal aus, wenn alles passt."))
        return fine and not self.errors

    def check_more(self) -> None:
        """What a form checks beyond its single fields."""

    def _ask_for_words(self) -> None:
        if not self.picture_alt.data:
            complain(self.picture_alt, _("Beschreiben Sie, was auf dem Bild zu sehen ist."))
        if not self.picture_credit.data:
            complain(self.picture_credit, _("Nennen Sie, wer das Bild gemacht hat."))

    def prepared(self) -> PictureChange | None:
        """The slow work, before the transaction. None when the picture is refused; the reason
        stands at the field then."""
        try:
            new = services.prepare(self.upload.stream.read()) if self.upload else None
        except PictureRefused as refusal:
            complain(self.picture, refusal.message)
            return None
        return PictureChange(
            new=new,
            alt=self.picture_alt.data or "",
            credit=self.picture_credit.data or "",
            remove=bool(self.picture_remove.data),
        )
