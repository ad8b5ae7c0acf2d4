"""Reading organisations, memberships, applications and the people who speak for them."""

from portal.partners.queries.applications import (
    ANSWER,
    ANSWER_LINK_LASTS,
    CONFIRM,
    after_the_link,
    applications_of,
    case_with_number,
    confirmation_token,
    waiting_cases,
    with_expired_link,
    with_link,
    with_number,
)
from portal.partners.queries.directory import (
    FacetCounts,
    Filters,
    facets,
    listed_facets,
    matching,
    member_with_slug,
    partner_count,
    standing_of,
)
from portal.partners.queries.drafts import STEPS, find_draft, find_sent
from portal.partners.queries.office import (
    OfficeFilters,
    application_counts,
    applications_for_office,
    organisation_counts,
    organisations_for_office,
)
from portal.partners.queries.people import (
    acted_for,
    affiliations_of,
    organisations_of,
    people_of,
)
from portal.partners.queries.poster import FOUNDERS, Layer, layers

__all__ = [
    "ANSWER",
    "ANSWER_LINK_LASTS",
    "CONFIRM",
    "FOUNDERS",
    "FacetCounts",
    "Filters",
    "Layer",
    "OfficeFilters",
    "STEPS",
    "acted_for",
    "after_the_link",
    "affiliations_of",
    "application_counts",
    "applications_for_office",
    "applications_of",
    "case_with_number",
    "confirmation_token",
    "facets",
    "find_draft",
    "find_sent",
    "layers",
    "listed_facets",
    "matching",
    "member_with_slug",
    "organisation_counts",
    "organisations_for_office",
    "organisations_of",
    "with_number",
    "partner_count",
    "people_of",
    "standing_of",
    "waiting_cases",
    "with_expired_link",
    "with_link",
]
