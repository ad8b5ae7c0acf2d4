"""Pictures, documents, links and the video of a presentation, as its authors send them."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.documents.forms import DocumentFileForm, DocumentTitleForm, for_whom
from portal.core.forms import Form, WebAddress, complain, is_invisible, line
from portal.core.text import known_video
from portal.projects.models import Revision
from portal.projects.models.media import ADDRESS_LENGTH, LABEL_LENGTH
from portal.projects.services import MOST_LINKS, Link


class DocumentForm(DocumentTitleForm):
    """The title of a document, and for whom it is."""

    visibility = for_whom(
        internal=_l("Ihre Organisation und das Projektbüro"),
        public=_l("Alle, sobald das Projekt veröffentlicht ist"),
    )


class NewDocumentForm(DocumentFileForm, DocumentForm): ...


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
