"""Reading the Projektbörse: the public list, one entry, threads, and the lists of authors and
office."""

from portal.exchange.queries import inquiries
from portal.exchange.queries.cards import Card, feed, listing, newest_of
from portal.exchange.queries.choice import Choice, chosen
from portal.exchange.queries.facets import Counts, Selection, count, selected, suggested
from portal.exchange.queries.named import competence_choices, competence_with_slug
from portal.exchange.queries.office import all_offers, count_by_review
from portal.exchange.queries.presentation import Presentation, presentation
from portal.exchange.queries.reading import (
    find_own,
    is_public,
    latest,
    of_organisation,
    waiting_cases,
    wanting,
    with_key,
    with_slug,
)

__all__ = [
    "Card",
    "Choice",
    "Counts",
    "Presentation",
    "Selection",
    "all_offers",
    "chosen",
    "competence_choices",
    "competence_with_slug",
    "count",
    "count_by_review",
    "feed",
    "find_own",
    "inquiries",
    "is_public",
    "latest",
    "listing",
    "newest_of",
    "of_organisation",
    "presentation",
    "selected",
    "suggested",
    "waiting_cases",
    "wanting",
    "with_key",
    "with_slug",
]
