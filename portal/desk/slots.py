"""The work list beside each case."""

from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.desk import queries

SHOWN = 15


@fills("office.queue")
def beside_the_case(_case: object, *, seen_by: User) -> Markup:
    if not seen_by.is_office:
        return Markup()
    found = queries.waiting(seen_by)
    return fragment("desk/_beside.html", queue=found[:SHOWN], more=len(found[SHOWN:]))
