"""The own list, one's own presentation as it will look, and its way to the Projektbüro and back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.times import show_day
from portal.partners import queries as partners
from portal.projects import policies, queries, services
from portal.projects.completeness import missing_in
from portal.projects.models import Phase
from portal.projects.services import Incomplete
from portal.projects.views.blueprints import mine
from portal.projects.views.writing import edit_page_with, to_work_on
from portal.projects.workflow import WORKFLOW
from portal.topics.queries import districts


@mine.get("", endpoint="index")
@signed_in
def index(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    return page(
        "projects/mine/index.html",
        organisation=acting,
        listing=paginate(queries.of_organisation(acting), page=page_number()),
        missing_in=missing_in,
    )


@mine.get("/<key>", endpoint="show")
@signed_in
def show(organisation: str, key: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    project = queries.with_key(key, seen_by=me(), of=acting)
    revision = project.latest
    return page(
        "projects/mine/show.html",
        organisation=acting,
        about=project,
        revision=revision,
        project=queries.presentation(project, revision),
        phases=list(Phase),
        districts=districts(),
        missing=missing_in(revision),
        may_edit=policies.may_edit(me(), revision),
        steps={step.name for step in WORKFLOW.open_to(me(), revision)},
    )


@mine.post("/<key>/einreichen", endpoint="submit")
@signed_in
def submit(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    try:
        services.submit(project, by=me(), seen_version=shown_version())
    except Incomplete as incomplete:
        return edit_page_with(acting, project, incomplete.missing)
    promised = project.latest.promised_by
    flash(
        _(
            "Danke. Das Projektbüro prüft Ihr Projekt und antwortet bis zum %(day)s.",
            day=show_day(promised) if promised else "",
        )
    )
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.post("/<key>/zurueckziehen", endpoint="withdraw")
@signed_in
def take_back(organisation: str, key: str) -> ResponseReturnValue:
    _acting, project = to_work_on(organisation, key, to_change=True)
    services.take_back(project, by=me(), seen_version=shown_version())
    flash(_("Das Projekt ist wieder ein Entwurf. Sie können es ändern und neu einreichen."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)
