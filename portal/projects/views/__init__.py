"""Projects for visitors, and for those who write them."""

from portal.projects.views import (
    attachments,
    autosaving,
    exports,
    files,
    gallery,
    hiding,
    media,
    mending,
    naming,
    reading,
    revising,
    submitting,
    taking_part,
    writing,
)
from portal.projects.views.blueprints import bp, mine

BLUEPRINTS = [bp, mine, taking_part.bp]

__all__ = [
    "BLUEPRINTS",
    "attachments",
    "autosaving",
    "exports",
    "files",
    "gallery",
    "hiding",
    "media",
    "mending",
    "naming",
    "reading",
    "revising",
    "submitting",
    "taking_part",
    "writing",
]
