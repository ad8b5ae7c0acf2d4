"""A file of partners, and what is to be done with it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from portal.core.forms import Form, file, tick
from portal.core.tables import MOST_BYTES


class ImportForm(Form):
    """A file of partners. What is in it is checked by reading.read_file."""

    file = file(
        _l("CSV-Datei"),
        hint=_l("Bis 5.000 Zeilen und 2 MB, aus Excel am besten als „CSV UTF-8“ gespeichert."),
        accept=".csv,.txt,text/csv",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file.flags.required = True

    def sent(self) -> tuple[str, bytes]:
        """Its name and its bytes; nothing where no file came. One byte more than is allowed tells
        that it is too large."""
        sent = self.file.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            return "", b""
        return sent.filename, sent.stream.read(MOST_BYTES + 1)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        sent = self.file.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            self.refuse(_("Wählen Sie eine CSV-Datei aus."))
        return fine and not self.errors

    def refuse(self, message: Any) -> None:
        self.file.errors = [*self.file.errors, message]


class CarryOutForm(Form):
    leave_out_wrong = tick(_l("Zeilen mit Fehlern auslassen"))

    def refuse(self, message: Any) -> None:
        self.leave_out_wrong.errors = [*self.leave_out_wrong.errors, message]
