"""Versions of the declaration: the office reads them, administrators write, publish and revoke."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import administrators_only, office_only
from portal.accounts.sessions import me
from portal.charter import policies, queries, services
from portal.charter.forms import DeclarationForm, RevokeForm
from portal.charter.models import Declaration
from portal.core.errors import Conflict
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate

bp = Blueprint("charter_office", __name__, url_prefix="/projektbuero/erklaerung")
PER_PAGE = 50
ID = "/<int(max=2147483647):declaration_id>"
SIGNATURE = "/unterschriften/<int(max=2147483647):signature_id>"


@bp.context_processor
def words() -> dict[str, Any]:
    return {"policies": policies}


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    listing = paginate(queries.all_versions(), page=page_number(), per_page=PER_PAGE)
    return page("charter/office/index.html", listing=listing)


@bp.get("/neu", endpoint="new")
@administrators_only
def new() -> ResponseReturnValue:
    """Begins with the text of the current version."""
    known = queries.current()
    data = {"title": known.title, "text": known.text} if known else {}
    return page("charter/office/edit.html", declaration=None, form=DeclarationForm(data=data))


@bp.post("/neu")
@administrators_only
def draft() -> ResponseReturnValue:
    form = DeclarationForm()
    if not form.validate_on_submit():
        return page("charter/office/edit.html", declaration=None, form=form)
    declaration = services.draft(by=me(), **form.values())
    flash(_("Der Entwurf ist gespeichert. Nur das Projektbüro sieht ihn."))
    return redirect(url_for(".show", declaration_id=declaration.id), 303)


@bp.get(ID, endpoint="show")
@office_only
def show(declaration_id: int) -> ResponseReturnValue:
    return _show(queries.for_office(declaration_id, seen_by=me()))


@bp.get(f"{ID}/bearbeiten", endpoint="edit")
@administrators_only
def edit(declaration_id: int) -> ResponseReturnValue:
    declaration = _draft(declaration_id)
    form = DeclarationForm(
        formdata=None, data={"title": declaration.title, "text": declaration.text}
    )
    return page("charter/office/edit.html", declaration=declaration, form=form)


@bp.post(f"{ID}/bearbeiten")
@administrators_only
def save(declaration_id: int) -> ResponseReturnValue:
    declaration = _draft(declaration_id)
    form = DeclarationForm()
    if not form.validate_on_submit():
        return page("charter/office/edit.html", declaration=declaration, form=form)
    services.change(declaration, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Die Änderungen sind gespeichert."))
    return redirect(url_for(".show", declaration_id=declaration_id), 303)


@bp.post(f"{ID}/veroeffentlichen", endpoint="publish")
@administrators_only
def publish(declaration_id: int) -> ResponseReturnValue:
    declaration = queries.for_office(declaration_id, seen_by=me())
    services.publish(declaration, by=me(), seen_version=shown_version())
    flash(_("Fassung Nr. %(number)s gilt jetzt.", number=declaration.number))
    return redirect(url_for(".show", declaration_id=declaration_id), 303)


@bp.post(f"{SIGNATURE}/widerrufen", endpoint="revoke")
@administrators_only
def revoke(signature_id: int) -> ResponseReturnValue:
    signature = queries.with_id(signature_id, seen_by=me())
    form = RevokeForm()
    if not form.validate_on_submit():
        return _show(signature.declaration, revoking=form, revoked_id=signature_id)
    services.revoke(signature, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Die Unterschrift von %(name)s ist widerrufen.", name=signature.organisation_name))
    return redirect(url_for(".show", declaration_id=signature.declaration_id), 303)


def _draft(declaration_id: int) -> Declaration:
    declaration = queries.for_office(declaration_id, seen_by=me())
    if declaration.is_published:
        raise Conflict(
            "a published declaration stays as it is",
            about=declaration,
            message=_(
                "Eine veröffentlichte Fassung bleibt, wie sie ist. Schreiben Sie eine neue Fassung."
            ),
        )
    return declaration


def _show(
    declaration: Declaration, *, revoking: RevokeForm | None = None, revoked_id: int = 0
) -> ResponseReturnValue:
    """`revoked_id` is the signature whose form came back with errors."""
    rows = queries.all_of_version(declaration)
    return page(
        "charter/office/show.html",
        declaration=declaration,
        listing=paginate(rows, page=page_number(), per_page=PER_PAGE),
        revoking_form=revoking or RevokeForm(formdata=None),
        revoked_id=revoked_id,
    )
