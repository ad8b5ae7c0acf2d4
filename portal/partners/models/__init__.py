"""Organisations, dated memberships, the people who speak for them, and applications to join."""

from portal.partners.models.applications import Application, ApplicationDraft, ApplicationState
from portal.partners.models.competences import (
    FRESH_FOR,
    MOST_CLAIMS,
    CompetenceClaim,
    CompetenceLevel,
    EvidenceKind,
)
from portal.partners.models.imports import ImportState, Outcome, PartnerImport
from portal.partners.models.invitations import Invitation, InvitationState
from portal.partners.models.memberships import DatePrecision, Membership, Standing
from portal.partners.models.organisations import (
    Organisation,
    OrganisationKind,
    OrganisationTheme,
    Registered,
    Verification,
)
from portal.partners.models.people import Affiliation, AffiliationRole
from portal.partners.models.requests import JoinRequest, RequestState

__all__ = [
    "FRESH_FOR",
    "MOST_CLAIMS",
    "CompetenceClaim",
    "CompetenceLevel",
    "EvidenceKind",
    "Affiliation",
    "AffiliationRole",
    "Application",
    "ApplicationDraft",
    "ApplicationState",
    "DatePrecision",
    "Invitation",
    "InvitationState",
    "JoinRequest",
    "ImportState",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationTheme",
    "Outcome",
    "PartnerImport",
    "Registered",
    "RequestState",
    "Standing",
    "Verification",
]
