"""The Projektbörse for visitors, for those who write entries, and for the two sides of a thread."""

from portal.exchange.views import asking, beginning, feed, reading, running, submitting, writing
from portal.exchange.views.blueprints import bp, mine

BLUEPRINTS = [bp, mine]

__all__ = [
    "BLUEPRINTS",
    "asking",
    "beginning",
    "feed",
    "reading",
    "running",
    "submitting",
    "writing",
]
