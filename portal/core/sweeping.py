"""Files of the media store that no row names any more; the worker clears them away each night."""

from datetime import timedelta

import sqlalchemy as sa

from portal.core.database import db
from portal.core.documents.models import Document
from portal.core.pictures.models import Picture
from portal.core.pictures.storage import media
from portal.core.times import now

LEFT_ALONE = timedelta(days=1)  # a file is there before its row is
KEYS = (Picture.key, Document.key)


def sweep() -> int:
    """Deletes files without a row that are older than a day. Tells how many."""
    old = set(media().keys_before(now() - LEFT_ALONE))
    orphans = old.difference(*(db.session.scalars(sa.select(key)) for key in KEYS))
    for key in orphans:
        media().delete(key)
    return len(orphans)
