"""Pictures, documents, links and the video of a presentation, as its authors send them."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.documents import services as documents
from portal.core.documents.kinds import ACCEPT
from portal.core.documents.models import TITLE_LENGTH
from portal.core.documents.refusals import DocumentRefused
from portal.core.documents.services import PreparedDocument
from portal.core.forms import Form, WebAddress, choice, file, is_invisible, line
from portal.core.pictures import services as pictures
from portal.core.pictures.forms import complain
from portal.core.pictures.models import ALT_LENGTH, CREDIT_LENGTH
from portal.core.pictures.refusals import PictureRefused
from portal.core.pictures.services import PreparedPicture
from portal.core.text import known_video
from portal.projects.models import Revision, Visibility
from portal.projects.models.media import ADDRESS_LENGTH, LABEL_LENGTH
from portal.projects.services import MOST_LINKS, Link, Move

FOR_WHOM = (
    (Visibility.INTERNAL.value, _l("Ihre Organisation und das Projektbüro")),
    (Visibility.PUBLIC.value, _l("Alle, sobald das Projekt veröffentlicht ist")),
)


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


class PictureFileForm(UploadForm):
    upload = file(
        _l("Bild"),
        hint=_l("JPEG, PNG oder WebP, bis 10 MB. Am besten im Querformat, 1600 Pixel."),
        missing=_l("Wählen Sie ein Bild aus."),
    )


class PictureForm(Form):
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


class NewPictureForm(PictureFileForm, PictureForm):
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


class DocumentFileForm(UploadForm):
    upload = file(
        _l("Datei"),
        hint=_l("PDF, Word, Excel, PowerPoint oder OpenDocument, bis 15 MB, ohne Makros."),
        accept=ACCEPT,
        missing=_l("Wählen Sie eine Datei aus."),
    )


class DocumentForm(Form):
    """The title of a document, and for whom it is."""

    title = line(
        _l("Titel"),
        most=TITLE_LENGTH,
        hint=_l("Unter diesem Namen wird das Dokument gespeichert."),
        missing=_l("Geben Sie dem Dokument einen Titel."),
        autocomplete="off",
    )
    visibility = choice(
        _l("Für wen ist es?"),
        FOR_WHOM,
        radio=True,
        missing=_l("Wählen Sie, für wen das Dokument ist."),
    )

    def said(self) -> dict[str, Any]:
        return {"title": self.title.data, "visibility": Visibility(self.visibility.data)}


class NewDocumentForm(DocumentFileForm, DocumentForm):
    def prepared(self) -> PreparedDocument | None:
        """As with pictures: slow, and None when it is refused."""
        try:
            return documents.prepare(self.sent)
        except DocumentRefused as refusal:
            complain(self.upload, refusal.message)
            return None


class LinksForm(Form):
    """The video, and as many pairs of address and label as there is room for."""

    video = line(
        _l("Adresse des Videos"),
        most=ADDRESS_LENGTH,
        hint=_l("Die Seite des Videos bei YouTube, Vimeo oder einem PeerTube."),
        inputmode="url",
        autocomplete="off",
    )

    def pairs(self) -> Iterable[tuple[Any, Any]]:
        """The fields in their order, for the page."""
        return [(self[f"address_{n}"], self[f"label_{n}"]) for n in range(1, MOST_LINKS + 1)]

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self._check_video()
        for address, label in self.pairs():
            if label.data and not address.data and not address.errors:
                complain(address, _("Geben Sie die Adresse an, zu der der Link führt."))
            if label.data and is_invisible(label.data) and not label.errors:
                complain(
                    label, _("Der Text besteht nur aus unsichtbaren Zeichen. Tippen Sie ihn neu.")
                )
        return not self.errors

    def _check_video(self) -> None:
        if not self.video.data or self.video.errors:
            return
        if found := known_video(self.video.data):
            self.video.data = found.address
        else:
            complain(
                self.video,
                _(
                    "Das ist keine Seite eines Videos bei YouTube, Vimeo oder PeerTube. Kopieren"
                    " Sie die Adresse aus Ihrem Browser, oder nutzen Sie einen Link."
                ),
            )

    def said(self) -> dict[str, Any]:
        """Empty rows are left out."""
        links = [Link(label.data, address.data) for address, label in self.pairs() if address.data]
        return {"links": links, "video_url": self.video.data}


for number in range(1, MOST_LINKS + 1):
    address = line(
        _l("Link %(number)s", number=number),
        most=ADDRESS_LENGTH,
        checks=(WebAddress(most=ADDRESS_LENGTH),),
        inputmode="url",
        autocomplete="off",
    )
    setattr(LinksForm, f"address_{number}", address)
    label = line(_l("Text zu Link %(number)s", number=number), most=LABEL_LENGTH)
    setattr(LinksForm, f"label_{number}", label)


def stored_links(revision: Revision) -> dict[str, str]:
    """What the form shows of a revision."""
    stored = {"video": revision.video_url}
    for number, link in enumerate(revision.links, 1):
        stored |= {f"address_{number}": link.address, f"label_{number}": link.label}
    return stored
