"""The texts of a project one after the other: what each said otherwise, and the way back to it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.errors import Hidden
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.rules import require
from portal.projects import policies, queries, services
from portal.projects.forms.differences import changes
from portal.projects.models import Phase, Project, Revision
from portal.projects.views.blueprints import mine
from portal.projects.views.writing import to_work_on


@mine.post("/<key>/verwerfen", endpoint="discard")
@signed_in
def discard(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    services.discard(project, by=me(), for_=acting, seen_version=shown_version())
    services.drop_kept(key, by=me())
    flash(_("Die Überarbeitung ist verworfen. Was öffentlich ist, bleibt, wie es war."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.get("/<key>/verlauf", endpoint="versions")
@signed_in
def versions(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    return page(
        "projects/mine/versions.html",
        organisation=acting,
        project=project,
        listing=paginate(queries.versions(project), page=page_number()),
    )


@mine.get("/<key>/verlauf/<number>", endpoint="version")
@signed_in
def version(organisation: str, key: str, number: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    shown = _numbered(project, number)
    before = _before(project, shown)
    may_restore = policies.may_edit(me(), project.latest) and shown is not project.latest
    return page(
        "projects/mine/version.html",
        organisation=acting,
        project=project,
        shown=shown,
        presented=queries.presentation(project, shown),
        phases=list(Phase),
        before=before,
        differences=changes(before, shown) if before else [],
        may_restore=may_restore,
    )


@mine.post("/<key>/verlauf/<number>/wiederherstellen", endpoint="restore")
@signed_in
def restore(organisation: str, key: str, number: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    require(policies.is_author, me(), project.latest)
    source = _numbered(project, number)
    services.restore(project, source.number, by=me(), for_=acting, seen_version=shown_version())
    flash(_("Der Text ist jetzt Ihr Entwurf. Öffentlich wird er erst nach der Prüfung."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


def _numbered(project: Project, number: str) -> Revision:
    """Raises Hidden for what is no number of a text."""
    found = [one for one in project.revisions if str(one.number) == number]
    if not found:
        raise Hidden("no such text")
    return found[0]


def _before(project: Project, revision: Revision) -> Revision | None:
    """What it was made from; an early one was made from nothing."""
    earlier = [one for one in project.revisions if one.number == revision.based_on]
    return earlier[0] if earlier else None
