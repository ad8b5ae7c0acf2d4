"""The two blueprints whose views stand in this folder."""

from typing import Any

from flask import Blueprint

from portal.exchange import policies

bp = Blueprint("exchange", __name__)  # no prefix: /kooperationen.atom stands beside /kooperationen
mine = Blueprint("my_exchange", __name__, url_prefix="/mein/<organisation>/kooperationen")


@mine.context_processor
def rights() -> dict[str, Any]:
    return {"policies": policies}
