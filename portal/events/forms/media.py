"""For whom a document of a date is."""

from flask_babel import lazy_gettext as _l

from portal.core.documents.forms import DocumentFileForm, DocumentTitleForm, for_whom


class DocumentForm(DocumentTitleForm):
    visibility = for_whom(
        internal=_l("Nur Partner der Allianz und das Projektbüro"),
        public=_l("Alle, die den Termin sehen"),
    )


class NewDocumentForm(DocumentFileForm, DocumentForm): ...
