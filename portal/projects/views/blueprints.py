"""The two blueprints whose views stand in this folder."""

from typing import Any

from flask import Blueprint

from portal.projects import policies
from portal.projects.parts import anchor_of, label_of

bp = Blueprint("projects", __name__)  # no prefix: /projekte.csv stands beside /projekte
mine = Blueprint("my_projects", __name__, url_prefix="/mein/<organisation>/projekte")


@mine.context_processor
def rights() -> dict[str, Any]:
    return {"policies": policies, "label_of": label_of, "anchor_of": anchor_of}
