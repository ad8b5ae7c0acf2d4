"""Who may see a project may have its pictures and documents: asked each time, before any
conditional answer. Documents that are not for everybody go to its own people and to the office."""

from flask.typing import ResponseReturnValue

from portal.accounts.guards import probe, signed_in
from portal.accounts.sessions import me
from portal.core.documents import responses as documents
from portal.core.pictures import responses as pictures
from portal.partners import queries as partners
from portal.projects import queries
from portal.projects.models import Project
from portal.projects.views.blueprints import bp, mine


@bp.get("/projekte/<slug>/bild/<key>/<size>", endpoint="picture")
@probe  # and not `public`, which may answer "not modified" before this view has asked
def picture(slug: str, key: str, size: str) -> ResponseReturnValue:
    shown = queries.picture_of(queries.with_slug(slug).live, key)
    return pictures.send(shown, size, public=True)


@bp.get("/projekte/<slug>/dokument/<key>", endpoint="document")
@probe
def document(slug: str, key: str) -> ResponseReturnValue:
    shown = queries.document_of(queries.with_slug(slug).live, key, internal=False)
    return documents.send(shown, public=True)


@mine.get("/<key>/bild/<picture>/<size>", endpoint="picture")
@signed_in
def own_picture(organisation: str, key: str, picture: str, size: str) -> ResponseReturnValue:
    shown = queries.picture_of(_own(organisation, key).latest, picture)
    return pictures.send(shown, size, public=False)


@mine.get("/<key>/dokument/<document>", endpoint="document")
@signed_in
def own_document(organisation: str, key: str, document: str) -> ResponseReturnValue:
    shown = queries.document_of(_own(organisation, key).latest, document, internal=True)
    return documents.send(shown, public=False)


def _own(organisation: str, key: str) -> Project:
    acting = partners.acted_for(organisation, by=me())
    return queries.with_key(key, seen_by=me(), of=acting)
