"""A nomination ends when somebody else is named, or somebody has signed."""

from portal.accounts.models import User
from portal.charter.models import Nomination
from portal.charter.queries.nominations import open_nomination
from portal.charter.workflow import NOMINATIONS
from portal.core.times import now
from portal.partners.models import Organisation


def end_open_nomination(organisation: Organisation, *, by: User) -> None:
    """For who holds the organisation's lock. The link opens nothing any more."""
    found = open_nomination(organisation)
    if found:
        end_nomination(found, by=by, seen_version=found.version)


def end_nomination(nomination: Nomination, *, by: User, seen_version: int) -> None:
    def close() -> None:
        nomination.answered_at = now()
        nomination.burn_links()

    NOMINATIONS.take(
        "take_back",
        nomination,
        by=by,
        for_=nomination.organisation,
        seen_version=seen_version,
        meanwhile=close,
    )
