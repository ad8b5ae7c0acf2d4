"""The office's pages of one date's registrations, below the date's own address."""

from flask import Blueprint

from portal.accounts.sessions import me
from portal.core.rules import require
from portal.registrations import policies, queries
from portal.registrations.models import Allocation

bp = Blueprint("registrations_office", __name__, url_prefix="/projektbuero/termine/<slug>")


def allocation_of(slug: str) -> Allocation:
    """The places of the date with this address. Raises Hidden, also where there are none."""
    allocation = queries.with_slug(slug, seen_by=me())
    require(policies.may_see_list, me(), allocation)
    return allocation
