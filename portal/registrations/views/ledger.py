"""The ledger: an anonymous sequence that everybody can check, with the rules it follows."""

from flask import request
from flask.typing import ResponseReturnValue

from portal.accounts.guards import live
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.paging import page_number, paginate
from portal.core.times import now
from portal.registrations import queries, standing
from portal.registrations.views.registering import bp

PER_PAGE = 50
DIGITS = 9


@bp.get("/platzvergabe", endpoint="ledger")
@live
def ledger(slug: str) -> ResponseReturnValue:
    """?nummer=4 shows the lines of one number."""
    allocation = queries.with_slug(slug, seen_by=me())
    asked = request.args.get("nummer", "").strip()
    number = _read(asked)
    found = queries.with_number(allocation, number) if number else None
    return page(
        "registrations/ledger.html",
        allocation=allocation,
        event=allocation.event,
        asked=asked[:DIGITS],
        having=standing.having(found, seen_at=now()) if found else None,
        listing=paginate(
            queries.ledger(allocation, found.number if found else None),
            page=page_number(),
            per_page=PER_PAGE,
            total=None if found else allocation.lines,
        ),
    )


def _read(asked: str) -> int | None:
    """Nonsense is no number."""
    digits = asked.isascii() and asked.isdigit() and len(asked) <= DIGITS
    return int(asked) if digits else None
