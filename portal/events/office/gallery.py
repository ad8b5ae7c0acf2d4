"""The pictures of a date: sent, described, moved, removed."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.database import transaction
from portal.core.pages import page, shown_version
from portal.core.pictures import services as pictures
from portal.core.pictures.albums import Move, MoveForm, NewPictureForm, PictureWordsForm
from portal.events import queries, services
from portal.events.models import Event
from portal.events.office.blueprint import bp
from portal.events.office.media import PICTURE, addresses, refused, tried


@bp.post("/<slug>/medien/bilder", endpoint="add_picture")
@office_only
def add_picture(slug: str) -> ResponseReturnValue:
    with transaction(writing=False):
        queries.with_slug(slug, seen_by=me())
        form = NewPictureForm(prefix=PICTURE)
        fine = form.validate_on_submit()
    prepared = form.prepared() if fine else None
    event = queries.with_slug(slug, seen_by=me())
    if prepared is None:
        return refused(event, picture_form=form)
    return tried(
        lambda: services.add_picture(
            event, by=me(), seen_version=shown_version(), prepared=prepared, **form.words()
        ),
        event,
        done=_("Das Bild ist gespeichert."),
        otherwise=lambda: pictures.discard(prepared),
        picture_form=form,
    )


@bp.get("/<slug>/medien/bilder/<picture>", endpoint="edit_picture")
@office_only
def edit_picture(slug: str, picture: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    shown = queries.find_shown(event, picture).picture
    form = PictureWordsForm(formdata=None, data={"alt": shown.alt, "credit": shown.credit})
    return _edit_page(event, picture, form, version=event.version)


@bp.post("/<slug>/medien/bilder/<picture>", endpoint="describe_picture")
@office_only
def describe_picture(slug: str, picture: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    form, seen = PictureWordsForm(), shown_version()
    if not form.validate_on_submit():
        return _edit_page(event, picture, form, version=seen)
    return tried(
        lambda: services.describe_picture(
            event, by=me(), seen_version=seen, key=picture, **form.values()
        ),
        event,
        done=_("Die Angaben zum Bild sind gespeichert."),
        typed_form=form,
    )


@bp.post("/<slug>/medien/bilder/<picture>/verschieben", endpoint="move_picture")
@office_only
def move_picture(slug: str, picture: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    form = MoveForm()
    if not form.validate_on_submit():
        return refused(event, move_form=form)
    to = Move(form.to.data)
    return tried(
        lambda: services.move_picture(
            event, by=me(), seen_version=shown_version(), key=picture, to=to
        ),
        event,
        done=_("Die Reihenfolge ist gespeichert."),
    )


@bp.post("/<slug>/medien/bilder/<picture>/entfernen", endpoint="remove_picture")
@office_only
def remove_picture(slug: str, picture: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    return tried(
        lambda: services.remove_picture(event, by=me(), seen_version=shown_version(), key=picture),
        event,
        done=_("Das Bild ist entfernt."),
    )


def _edit_page(
    event: Event, key: str, form: PictureWordsForm, *, version: int
) -> ResponseReturnValue:
    return page(
        "events/office/picture.html",
        event=event,
        at=addresses(event),
        picture=queries.find_shown(event, key).picture,
        form=form,
        shown={"version": version},
    )
