"""Where the office's pages for dates live."""

from typing import Any

from flask import Blueprint

from portal.events.workflow import WORKFLOW

bp = Blueprint("events_office", __name__, url_prefix="/projektbuero/termine")


@bp.context_processor
def words() -> dict[str, Any]:
    return {"workflow": WORKFLOW}
