"""One after the other per organisation: who changes its people holds its row until the commit."""

from sqlalchemy import select

from portal.core.database import db
from portal.partners.models import Organisation


def lock(organisation: Organisation) -> None:
    row = select(Organisation.id).where(Organisation.id == organisation.id)
    db.session.execute(row.with_for_update())
