"""The documents of a date: sent, described, removed."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.database import transaction
from portal.core.documents import services as documents
from portal.core.documents.kinds import WITH_ITS_FORM
from portal.core.limits import takes
from portal.core.pages import page, shown_version
from portal.events import queries, services
from portal.events.forms import DocumentForm, NewDocumentForm
from portal.events.models import Event
from portal.events.office.blueprint import bp
from portal.events.office.media import DOCUMENT, addresses, refused, tried


@bp.post("/<slug>/medien/dokumente", endpoint="add_document")
@office_only
@takes(WITH_ITS_FORM)
def add_document(slug: str) -> ResponseReturnValue:
    with transaction(writing=False):
        queries.with_slug(slug, seen_by=me())
        form = NewDocumentForm(prefix=DOCUMENT)
        fine = form.validate_on_submit()
    prepared = form.prepared() if fine else None
    event = queries.with_slug(slug, seen_by=me())
    if prepared is None:
        return refused(event, document_form=form)
    return tried(
        lambda: services.add_document(
            event, by=me(), seen_version=shown_version(), prepared=prepared, **form.said()
        ),
        event,
        done=_("Das Dokument ist gespeichert."),
        otherwise=lambda: documents.discard(prepared),
        document_form=form,
    )


@bp.get("/<slug>/medien/dokumente/<document>", endpoint="edit_document")
@office_only
def edit_document(slug: str, document: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    attached = queries.find_attached(event, document)
    stored = {"title": attached.document.title, "visibility": attached.visibility.value}
    form = DocumentForm(formdata=None, data=stored)
    return _edit_page(event, document, form, version=event.version)


@bp.post("/<slug>/medien/dokumente/<document>", endpoint="describe_document")
@office_only
def describe_document(slug: str, document: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    form, seen = DocumentForm(), shown_version()
    if not form.validate_on_submit():
        return _edit_page(event, document, form, version=seen)
    return tried(
        lambda: services.describe_document(
            event, by=me(), seen_version=seen, key=document, **form.said()
        ),
        event,
        done=_("Die Angaben zum Dokument sind gespeichert."),
        typed_form=form,
    )


@bp.post("/<slug>/medien/dokumente/<document>/entfernen", endpoint="remove_document")
@office_only
def remove_document(slug: str, document: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    return tried(
        lambda: services.remove_document(
            event, by=me(), seen_version=shown_version(), key=document
        ),
        event,
        done=_("Das Dokument ist entfernt."),
    )


def _edit_page(event: Event, key: str, form: DocumentForm, *, version: int) -> ResponseReturnValue:
    return page(
        "events/office/document.html",
        event=event,
        at=addresses(event),
        attached=queries.find_attached(event, key),
        form=form,
        shown={"version": version},
    )
