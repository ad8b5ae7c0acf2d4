"""On a partner's page: since when it stands to the declaration."""

from markupsafe import Markup

from portal.accounts.models import User
from portal.charter import queries
from portal.core.pages import fills, fragment
from portal.partners.models import Organisation


@fills("partner.aside")
def signed_on(organisation: Organisation, *, seen_by: User) -> Markup:
    """Everybody sees the same: what stands in public."""
    signature = queries.newest_standing(organisation)
    return fragment("charter/_signed_on.html", signature=signature) if signature else Markup()
