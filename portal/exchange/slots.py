"""What a partner offers and looks for, on its page."""

from flask import url_for
from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.exchange import queries
from portal.partners.models import Organisation

SHOWN = 4


@fills("partner.page")
def of_partner(organisation: Organisation, *, seen_by: User) -> Markup:
    """Everybody sees the same: what is online."""
    cards, total = queries.newest_of(organisation.id, SHOWN)
    if not total:
        return Markup()
    href = url_for("exchange.index", partner=organisation.slug)
    return fragment("exchange/_offers_of.html", cards=cards, total=total, href=href)
