"""Reading projects: the public list, one presentation, and the lists of authors and office."""

from portal.projects.queries.cards import Card, listing, newest, related, words
from portal.projects.queries.choice import Choice, Sort, chosen
from portal.projects.queries.exports import entries, table
from portal.projects.queries.facets import Counts, all_counts, counts
from portal.projects.queries.named import Named, team_choices
from portal.projects.queries.office import all_projects, count_by_state
from portal.projects.queries.pictures import picture_of
from portal.projects.queries.presentation import Presentation, presentation
from portal.projects.queries.reading import (
    find_own,
    latest,
    of_organisation,
    own,
    waiting_cases,
    with_key,
    with_slug,
)


def count() -> int:
    """How many projects are public."""
    return all_counts().total


def district_counts() -> dict[str, int]:
    """By slug; citywide projects count in each district."""
    return all_counts().districts


__all__ = [
    "Card",
    "Choice",
    "Counts",
    "Named",
    "Presentation",
    "Sort",
    "all_counts",
    "all_projects",
    "chosen",
    "count",
    "count_by_state",
    "counts",
    "district_counts",
    "entries",
    "find_own",
    "latest",
    "listing",
    "newest",
    "of_organisation",
    "own",
    "picture_of",
    "presentation",
    "related",
    "table",
    "team_choices",
    "waiting_cases",
    "with_key",
    "with_slug",
    "words",
]
