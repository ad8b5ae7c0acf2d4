"""Why a document is not taken, in words for the person who sent it."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.core.errors import DomainError


class Reason(StrEnum):
    """The worker names all but the last three by these values."""

    EMPTY = "empty"
    OTHER_FORMAT = "other_format"
    OLD_OFFICE = "old_office"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    ACTIVE = "active"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOOK_TOO_LONG = "took_too_long"
    BUSY = "busy"


MESSAGES = {
    Reason.EMPTY: _l("Die Datei ist leer. Bitte wählen Sie eine andere Datei aus."),
    Reason.OTHER_FORMAT: _l(
        "Dieses Format nehmen wir nicht an. Bitte speichern Sie das Dokument als PDF, Word, Excel,"
        " PowerPoint oder OpenDocument."
    ),
    Reason.OLD_OFFICE: _l(
        "Das Dokument ist verschlüsselt oder in einem alten Format. Bitte speichern Sie es ohne"
        " Kennwort als DOCX, XLSX, PPTX oder PDF."
    ),
    Reason.ENCRYPTED: _l(
        "Das Dokument ist verschlüsselt. Bitte speichern Sie es ohne Kennwort und ohne Sperren."
    ),
    Reason.MACROS: _l(
        "Das Dokument enthält Makros oder eingebettete Programme. Bitte speichern Sie es ohne sie"
        " oder als PDF."
    ),
    Reason.ACTIVE: _l(
        "Das PDF enthält Skripte, Aktionen oder angehängte Dateien. Bitte erzeugen Sie es neu, zum"
        " Beispiel mit „Drucken als PDF“."
    ),
    Reason.UNPACKS_TOO_LARGE: _l(
        "Das Dokument wird beim Öffnen zu groß. Bitte verkleinern Sie die Bilder darin."
    ),
    Reason.BROKEN: _l(
        "Das Dokument ist beschädigt oder unvollständig. Bitte speichern Sie es neu oder wählen"
        " Sie ein anderes aus."
    ),
    Reason.TOO_LARGE: _l(
        "Das Dokument ist größer als 15 MB. Bitte verkleinern Sie es und laden Sie es neu hoch."
    ),
    Reason.TOOK_TOO_LONG: _l(
        "Das Dokument ließ sich nicht in angemessener Zeit prüfen. Bitte speichern Sie es neu als"
        " PDF."
    ),
    Reason.BUSY: _l(
        "Gerade werden viele Dokumente geprüft. Bitte laden Sie es in einer Minute noch einmal"
        " hoch."
    ),
}


class DocumentRefused(DomainError):
    """422; `message` belongs to the field of the form."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"document refused: {reason}", message=MESSAGES[reason])
        self.reason = reason
