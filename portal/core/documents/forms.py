"""What is asked for each of several documents. For whom they can be is the feature's business: its
form adds the field `visibility`."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.documents import services as documents
from portal.core.documents.kinds import ACCEPT
from portal.core.documents.models import TITLE_LENGTH, Visibility
from portal.core.documents.refusals import DocumentRefused
from portal.core.documents.services import PreparedDocument
from portal.core.forms import Form, UploadForm, choice, complain, file, line


def for_whom(*, internal: Any, public: Any) -> Any:
    return choice(
        _l("Für wen ist es?"),
        [(Visibility.INTERNAL.value, internal), (Visibility.PUBLIC.value, public)],
        radio=True,
        missing=_l("Wählen Sie, für wen das Dokument ist."),
    )


class DocumentFileForm(UploadForm):
    upload = file(
        _l("Datei"),
        hint=_l("PDF, Word, Excel, PowerPoint oder OpenDocument, bis 15 MB, ohne Makros."),
        accept=ACCEPT,
        missing=_l("Wählen Sie eine Datei aus."),
    )

    def prepared(self) -> PreparedDocument | None:
        """As with pictures: slow, and None when it is refused."""
        try:
            return documents.prepare(self.sent)
        except DocumentRefused as refusal:
            complain(self.upload, refusal.message)
            return None


class DocumentTitleForm(Form):
    title = line(
        _l("Titel"),
        most=TITLE_LENGTH,
        hint=_l("Unter diesem Namen wird das Dokument gespeichert."),
        missing=_l("Geben Sie dem Dokument einen Titel."),
        autocomplete="off",
    )

    def said(self) -> dict[str, Any]:
        """With the field that the feature's form adds."""
        return {"title": self.title.data, "visibility": Visibility(self["visibility"].data)}
