"""The pictures of a presentation: sent, described, moved, removed."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.pictures import services as pictures
from portal.core.pictures.albums import Move, MoveForm, NewPictureForm, PictureWordsForm
from portal.core.rules import require
from portal.partners.models import Organisation
from portal.projects import policies, services
from portal.projects.models import Project
from portal.projects.views.blueprints import mine
from portal.projects.views.media import PICTURE, refused, sent, tried
from portal.projects.views.writing import to_work_on


@mine.post("/<key>/medien/bilder", endpoint="add_picture")
@signed_in
def add_picture(organisation: str, key: str) -> ResponseReturnValue:
    acting, project, form, prepared = sent(
        organisation, key, lambda: NewPictureForm(prefix=PICTURE)
    )
    if prepared is None:
        return refused(acting, project, picture_form=form)
    return tried(
        lambda: services.add_picture(
            project,
            by=me(),
            seen_version=shown_version(),
            prepared=prepared,
            **form.words(),
        ),
        acting,
        project,
        done=_("Das Bild ist gespeichert."),
        otherwise=lambda: pictures.discard(prepared),
        picture_form=form,
    )


@mine.get("/<key>/medien/bilder/<picture>", endpoint="edit_picture")
@signed_in
def edit_picture(organisation: str, key: str, picture: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    require(policies.may_edit, me(), project.latest)
    shown = services.find_shown(project.latest, picture).picture
    form = PictureWordsForm(formdata=None, data={"alt": shown.alt, "credit": shown.credit})
    return _edit_page(acting, project, picture, form, version=project.latest.version)


@mine.post("/<key>/medien/bilder/<picture>", endpoint="describe_picture")
@signed_in
def describe_picture(organisation: str, key: str, picture: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    require(policies.is_author, me(), project.latest)
    form, seen = PictureWordsForm(), shown_version()
    if not form.validate_on_submit():
        return _edit_page(acting, project, picture, form, version=seen)
    return tried(
        lambda: services.describe_picture(
            project, by=me(), seen_version=seen, key=picture, **form.values()
        ),
        acting,
        project,
        done=_("Die Angaben zum Bild sind gespeichert."),
        typed_form=form,
    )


@mine.post("/<key>/medien/bilder/<picture>/verschieben", endpoint="move_picture")
@signed_in
def move_picture(organisation: str, key: str, picture: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    require(policies.is_author, me(), project.latest)
    form = MoveForm()
    if not form.validate_on_submit():
        return refused(acting, project, move_form=form)
    return tried(
        lambda: services.move_picture(
            project, by=me(), seen_version=shown_version(), key=picture, to=Move(form.to.data)
        ),
        acting,
        project,
        done=_("Die Reihenfolge ist gespeichert."),
    )


@mine.post("/<key>/medien/bilder/<picture>/entfernen", endpoint="remove_picture")
@signed_in
def remove_picture(organisation: str, key: str, picture: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    return tried(
        lambda: services.remove_picture(
            project, by=me(), seen_version=shown_version(), key=picture
        ),
        acting,
        project,
        done=_("Das Bild ist entfernt."),
    )


def _edit_page(
    organisation: Organisation, project: Project, key: str, form: PictureWordsForm, *, version: int
) -> ResponseReturnValue:
    revision = project.latest
    shown = services.find_shown(revision, key)
    return page(
        "projects/mine/picture.html",
        organisation=organisation,
        project=project,
        revision=revision,
        picture=shown.picture,
        is_cover=shown is revision.pictures[0],
        form=form,
        shown={"version": version},
    )
