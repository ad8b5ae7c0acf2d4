"""The blueprint that all pages of the office's projects share."""

from typing import Any

from flask import Blueprint

from portal.projects import policies

bp = Blueprint("projects_office", __name__, url_prefix="/projektbuero/projekte")


@bp.context_processor
def rights() -> dict[str, Any]:
    return {"policies": policies}
