"""The office keeps the taxonomy of competences."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.partners import queries, services
from portal.partners.forms import CompetenceForm, MergeForm, last_place, worded
from portal.topics.models import Competence

bp = Blueprint("competences_office", __name__, url_prefix="/projektbuero/kompetenzen")
PER_PAGE = 50


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    listing = paginate(queries.all_competences(), page=page_number(), per_page=PER_PAGE)
    return page("competences/office/index.html", listing=listing, rows=queries.kept(listing.items))


@bp.get("/neu", endpoint="new")
@office_only
def new() -> ResponseReturnValue:
    form = CompetenceForm(formdata=None, data={"after_id": last_place()})
    return page("competences/office/new.html", form=form)


@bp.post("/neu")
@office_only
def add() -> ResponseReturnValue:
    form = CompetenceForm()
    if not form.validate_on_submit():
        return page("competences/office/new.html", form=form)
    competence = services.add_competence(form.wording(), by=me())
    flash(_("%(name)s steht jetzt zur Auswahl.", name=competence.name))
    return redirect(url_for(".index"), 303)


@bp.get("/<slug>", endpoint="edit")
@office_only
def edit(slug: str) -> ResponseReturnValue:
    return _edit(queries.competence_with_slug(slug))


@bp.post("/<slug>")
@office_only
def save(slug: str) -> ResponseReturnValue:
    competence = queries.competence_with_slug(slug)
    form = CompetenceForm(but=competence.id)
    if not form.validate_on_submit():
        return _edit(competence, form=form)
    services.change_competence(competence, form.wording(), by=me(), seen_version=shown_version())
    flash(_("Die Änderungen sind gespeichert."))
    return redirect(url_for(".index"), 303)


@bp.post("/<slug>/archivieren", endpoint="archive")
@office_only
def archive(slug: str) -> ResponseReturnValue:
    competence = queries.competence_with_slug(slug)
    services.archive_competence(competence, by=me(), seen_version=shown_version())
    flash(_("%(name)s steht nicht mehr zur Auswahl.", name=competence.name))
    return redirect(url_for(".edit", slug=slug), 303)


@bp.post("/<slug>/wieder-anbieten", endpoint="restore")
@office_only
def restore(slug: str) -> ResponseReturnValue:
    competence = queries.competence_with_slug(slug)
    services.restore_competence(competence, by=me(), seen_version=shown_version())
    flash(_("%(name)s steht jetzt zur Auswahl.", name=competence.name))
    return redirect(url_for(".edit", slug=slug), 303)


@bp.post("/<slug>/loeschen", endpoint="delete")
@office_only
def delete(slug: str) -> ResponseReturnValue:
    competence = queries.competence_with_slug(slug)
    name = competence.name
    services.delete_competence(competence, by=me(), seen_version=shown_version())
    flash(_("%(name)s ist gelöscht.", name=name))
    return redirect(url_for(".index"), 303)


@bp.post("/<slug>/zusammenlegen", endpoint="merge")
@office_only
def merge(slug: str) -> ResponseReturnValue:
    competence = queries.competence_with_slug(slug)
    form = MergeForm(but=competence.id)
    if not form.validate_on_submit():
        return _edit(competence, merging=form)
    into = queries.competence_with_id(form.into_id.data)
    services.merge_competence(competence, into, by=me(), seen_version=shown_version())
    flash(_("%(name)s ist in %(other)s aufgegangen.", name=competence.name, other=into.name))
    return redirect(url_for(".index"), 303)


def _edit(
    competence: Competence, *, form: CompetenceForm | None = None, merging: MergeForm | None = None
) -> ResponseReturnValue:
    (kept,) = queries.kept([competence])
    return page(
        "competences/office/edit.html",
        kept=kept,
        competence=competence,
        form=form or CompetenceForm(formdata=None, but=competence.id, data=worded(competence)),
        merging_form=merging or MergeForm(formdata=None, but=competence.id),
    )
