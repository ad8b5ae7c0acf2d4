"""The page on which authors give a presentation its pictures, documents, links and video; and what
all changes there have in common."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.database import transaction
from portal.core.errors import Conflict
from portal.core.pages import page, shown_version
from portal.core.pictures.albums import NewPictureForm
from portal.core.rules import require
from portal.partners.models import Organisation
from portal.projects import policies, services
from portal.projects.forms import LinksForm, NewDocumentForm
from portal.projects.forms.media import stored_links
from portal.projects.models import Project, Visibility
from portal.projects.services import MOST_DOCUMENTS, MOST_PICTURES
from portal.projects.views.blueprints import mine
from portal.projects.views.writing import to_work_on

F = TypeVar("F", NewPictureForm, NewDocumentForm)
PICTURE, DOCUMENT, LINKS = "bild", "dokument", "links"  # three forms on one page


@mine.get("/<key>/medien", endpoint="media")
@signed_in
def media(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    require(policies.may_edit, me(), project.latest)
    return page("projects/mine/media.html", **_shown(acting, project))


@mine.post("/<key>/medien/links", endpoint="save_links")
@signed_in
def save_links(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    require(policies.is_author, me(), project.latest)
    form = LinksForm(prefix=LINKS)
    if not form.validate_on_submit():
        return refused(acting, project, links_form=form)
    return tried(
        lambda: services.save_links(project, by=me(), seen_version=shown_version(), **form.said()),
        acting,
        project,
        done=_("Video und Links sind gespeichert."),
        links_form=form,
    )


def sent(
    organisation: str, key: str, make: Callable[[], F]
) -> tuple[Organisation, Project, F, Any]:
    """The form with its file made ready to be kept, or with its messages and None. Files are looked
    at before the portal's own transaction begins, and only for who may add them."""
    with transaction(writing=False):
        _acting, project = to_work_on(organisation, key)
        require(policies.is_author, me(), project.latest)
        form = make()
        fine = form.validate_on_submit()
    prepared = form.prepared() if fine else None
    acting, project = to_work_on(organisation, key, to_change=True)
    return acting, project, form, prepared


def tried(
    act: Callable[[], None],
    organisation: Organisation,
    project: Project,
    *,
    done: str,
    otherwise: Callable[[], object] = lambda: None,
    **forms: Any,
) -> ResponseReturnValue:
    """Back to the page; or 409 with what is stored now and with what was typed. `otherwise` clears
    away what was prepared."""
    try:
        act()
    except Conflict:
        otherwise()
        shown = _shown(organisation, project, conflict=True, **forms)
        return render_template("projects/mine/media.html", **shown), 409
    except Exception:
        otherwise()
        raise
    flash(done)
    here = url_for("my_projects.media", organisation=organisation.slug, key=project.key)
    return redirect(here, 303)


def refused(organisation: Organisation, project: Project, **forms: Any) -> ResponseReturnValue:
    """422: the messages stand at the fields, and the version stays the one that was shown."""
    shown = {"version": shown_version()}
    return page("projects/mine/media.html", **_shown(organisation, project, shown=shown, **forms))


def _shown(organisation: Organisation, project: Project, **more: Any) -> dict[str, Any]:
    revision = project.latest
    internal = {"visibility": Visibility.INTERNAL.value}
    return {
        "organisation": organisation,
        "project": project,
        "revision": revision,
        "shown": {"version": revision.version},
        "at": _addresses(organisation, project),
        "conflict": False,
        "may_save": policies.may_edit(me(), revision),
        "room": {
            "pictures": MOST_PICTURES - len(revision.pictures),
            "documents": MOST_DOCUMENTS - len(revision.documents),
        },
        "picture_form": NewPictureForm(formdata=None, prefix=PICTURE),
        "document_form": NewDocumentForm(formdata=None, prefix=DOCUMENT, data=internal),
        "links_form": LinksForm(formdata=None, prefix=LINKS, data=stored_links(revision)),
        **more,
    }


def _addresses(organisation: Organisation, project: Project) -> Callable[..., str]:
    """What components/media_*.html ask for: the address of an act or of a file."""

    def at(act: str, **values: Any) -> str:
        values |= {"organisation": organisation.slug, "key": project.key}
        return url_for(f"my_projects.{act}", **values)

    return at
