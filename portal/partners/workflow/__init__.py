"""The tables of steps: applications, people on their way in, imports."""

from portal.partners.workflow.applications import WORKFLOW
from portal.partners.workflow.imports import IMPORTS
from portal.partners.workflow.people import INVITATIONS, REQUESTS

__all__ = ["IMPORTS", "INVITATIONS", "REQUESTS", "WORKFLOW"]
