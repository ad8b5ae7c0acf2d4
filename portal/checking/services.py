"""All checks, one after the other, as of one moment."""

from collections.abc import Iterator

from portal.checking.finding import Check, Finding, see_one_moment
from portal.checking.places import PLACES
from portal.checking.publicity import PUBLICITY

CHECKS: tuple[Check, ...] = (*PLACES, *PUBLICITY)


def check_all() -> Iterator[Finding]:
    """In the current transaction, which has read nothing yet."""
    see_one_moment()
    for check in CHECKS:
        yield check()
