"""Organisations, dated memberships, the people who speak for them, and applications to join."""

from portal.partners.models.applications import Application, ApplicationDraft, ApplicationState
from portal.partners.models.imports import ImportState, Outcome, PartnerImport
from portal.partners.models.memberships import DatePrecision, Membership, Standing
from portal.partners.models.organisations import (
    Organisation,
    OrganisationKind,
    OrganisationTheme,
    Registered,
)
from portal.partners.models.people import Affiliation, AffiliationRole

__all__ = [
    "Affiliation",
    "AffiliationRole",
    "Application",
    "ApplicationDraft",
    "ApplicationState",
    "DatePrecision",
    "ImportState",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationTheme",
    "Outcome",
    "PartnerImport",
    "Registered",
    "Standing",
]
