"""The documents of a presentation: sent, described, removed."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.documents import services as documents
from portal.core.documents.kinds import WITH_ITS_FORM
from portal.core.limits import takes
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.partners.models import Organisation
from portal.projects import policies, services
from portal.projects.forms import DocumentForm, NewDocumentForm
from portal.projects.models import Project
from portal.projects.views.blueprints import mine
from portal.projects.views.media import DOCUMENT, refused, sent, tried
from portal.projects.views.writing import to_work_on


@mine.post("/<key>/medien/dokumente", endpoint="add_document")
@signed_in
@takes(WITH_ITS_FORM)
def add_document(organisation: str, key: str) -> ResponseReturnValue:
    acting, project, form, prepared = sent(
        organisation, key, lambda: NewDocumentForm(prefix=DOCUMENT)
    )
    if prepared is None:
        return refused(acting, project, document_form=form)
    return tried(
        lambda: services.add_document(
            project, by=me(), seen_version=shown_version(), prepared=prepared, **form.said()
        ),
        acting,
        project,
        done=_("Das Dokument ist gespeichert."),
        otherwise=lambda: documents.discard(prepared),
        document_form=form,
    )


@mine.get("/<key>/medien/dokumente/<document>", endpoint="edit_document")
@signed_in
def edit_document(organisation: str, key: str, document: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    require(policies.may_edit, me(), project.latest)
    attached = services.find_attached(project.latest, document)
    stored = {"title": attached.document.title, "visibility": attached.visibility.value}
    form = DocumentForm(formdata=None, data=stored)
    return _edit_page(acting, project, document, form, version=project.latest.version)


@mine.post("/<key>/medien/dokumente/<document>", endpoint="describe_document")
@signed_in
def describe_document(organisation: str, key: str, document: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    require(policies.is_author, me(), project.latest)
    form, seen = DocumentForm(), shown_version()
    if not form.validate_on_submit():
        return _edit_page(acting, project, document, form, version=seen)
    return tried(
        lambda: services.describe_document(
            project, by=me(), seen_version=seen, key=document, **form.said()
        ),
        acting,
        project,
        done=_("Die Angaben zum Dokument sind gespeichert."),
        typed_form=form,
    )


@mine.post("/<key>/medien/dokumente/<document>/entfernen", endpoint="remove_document")
@signed_in
def remove_document(organisation: str, key: str, document: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    return tried(
        lambda: services.remove_document(
            project, by=me(), seen_version=shown_version(), key=document
        ),
        acting,
        project,
        done=_("Das Dokument ist entfernt."),
    )


def _edit_page(
    organisation: Organisation, project: Project, key: str, form: DocumentForm, *, version: int
) -> ResponseReturnValue:
    return page(
        "projects/mine/document.html",
        organisation=organisation,
        project=project,
        revision=project.latest,
        attached=services.find_attached(project.latest, key),
        form=form,
        shown={"version": version},
    )
