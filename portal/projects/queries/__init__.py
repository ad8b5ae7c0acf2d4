"""Reading projects: the public list, one presentation, and the lists of authors and office."""

from portal.projects.queries.candidates import candidate, candidates, why_not
from portal.projects.queries.cards import Card, archived, listing, newest, related, words
from portal.projects.queries.choice import RUNNING, Choice, Sort, chosen
from portal.projects.queries.exports import entries, table
from portal.projects.queries.facets import (
    Counts,
    Overview,
    Selection,
    all_counts,
    counts,
    overview,
    selected,
    suggested,
)
from portal.projects.queries.media import document_of, media_lines, picture_of
from portal.projects.queries.named import Named, team_choices
from portal.projects.queries.office import all_projects, count_by_state, count_lapsed
from portal.projects.queries.presentation import Presentation, presentation
from portal.projects.queries.reading import (
    find_own,
    latest,
    of_organisation,
    own,
    versions,
    waiting_cases,
    with_key,
    with_slug,
)
from portal.projects.queries.reviews import (
    Assessment,
    Checklist,
    asks_for_something,
    assessment,
    case_notes,
    checklist,
    comment_in,
    comments_of,
    count_comments,
)
from portal.projects.queries.taking_part import (
    asked_of,
    part_in,
    part_of,
    parts_of,
    waiting_for,
)
from portal.projects.queries.timing import may_be_reminded


def count() -> int:
    """How many projects are public."""
    return all_counts().total


def district_counts() -> dict[str, int]:
    """By slug; citywide projects count in each district."""
    return all_counts().districts


__all__ = [
    "Assessment",
    "RUNNING",
    "Card",
    "Checklist",
    "Choice",
    "Counts",
    "Named",
    "Overview",
    "Presentation",
    "Selection",
    "Sort",
    "all_counts",
    "all_projects",
    "archived",
    "asks_for_something",
    "assessment",
    "case_notes",
    "checklist",
    "asked_of",
    "candidate",
    "candidates",
    "chosen",
    "comment_in",
    "comments_of",
    "count",
    "count_by_state",
    "count_lapsed",
    "count_comments",
    "counts",
    "district_counts",
    "document_of",
    "entries",
    "find_own",
    "latest",
    "listing",
    "may_be_reminded",
    "media_lines",
    "newest",
    "of_organisation",
    "overview",
    "own",
    "part_in",
    "part_of",
    "parts_of",
    "picture_of",
    "presentation",
    "related",
    "selected",
    "suggested",
    "table",
    "team_choices",
    "versions",
    "waiting_cases",
    "waiting_for",
    "why_not",
    "with_key",
    "with_slug",
    "words",
]
