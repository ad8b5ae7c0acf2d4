"""What the office does with dates. Demo and import use the same verbs: `at` dates them back."""

from portal.events.services.media import (
    MOST_DOCUMENTS,
    MOST_PICTURES,
    Full,
    add_document,
    add_picture,
    describe_document,
    describe_picture,
    move_picture,
    remove_document,
    remove_picture,
)
from portal.events.services.planning import cancel, change, make_findable, plan

__all__ = [
    "MOST_DOCUMENTS",
    "MOST_PICTURES",
    "Full",
    "add_document",
    "add_picture",
    "cancel",
    "change",
    "describe_document",
    "describe_picture",
    "make_findable",
    "move_picture",
    "plan",
    "remove_document",
    "remove_picture",
]
