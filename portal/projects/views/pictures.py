"""Who may see a project may see its picture: asked each time, before any conditional answer."""

from flask.typing import ResponseReturnValue

from portal.accounts.guards import probe, signed_in
from portal.accounts.sessions import me
from portal.core.pictures.responses import send
from portal.partners import queries as partners
from portal.projects import queries
from portal.projects.views.blueprints import bp, mine


@bp.get("/projekte/<slug>/bild/<key>/<size>", endpoint="picture")
@probe  # and not `public`, which may answer "not modified" before this view has asked
def picture(slug: str, key: str, size: str) -> ResponseReturnValue:
    shown = queries.picture_of(queries.with_slug(slug).live, key)
    return send(shown, size, public=True)


@mine.get("/<key>/bild/<picture>/<size>", endpoint="picture")
@signed_in
def own_picture(organisation: str, key: str, picture: str, size: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    project = queries.with_key(key, seen_by=me(), of=acting)
    shown = queries.picture_of(project.latest, picture)
    return send(shown, size, public=False)
