"""Projects for visitors, and for those who write them."""

from portal.projects.views import exports, pictures, reading, submitting, writing
from portal.projects.views.blueprints import bp, mine

BLUEPRINTS = [bp, mine]

__all__ = ["BLUEPRINTS", "exports", "pictures", "reading", "submitting", "writing"]
