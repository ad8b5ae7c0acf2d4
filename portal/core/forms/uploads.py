"""Forms that send a file."""

from typing import Any

from flask_babel import gettext as _

from portal.core.forms.base import Form, complain


class UploadForm(Form):
    """A browser sends a file once: whoever gets the form back chooses it again."""

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if not fine and not self.upload.errors:
            complain(self.upload, _("Wählen Sie die Datei noch einmal aus, wenn alles passt."))
        return fine

    @property
    def sent(self) -> bytes:
        content: bytes = self.upload.data.stream.read()
        return content
