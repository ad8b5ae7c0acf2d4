"""Public projects as evidence for what an organisation can do."""

from collections.abc import Collection

import sqlalchemy as sa

from portal.core.database import db
from portal.projects.queries.public import IS_LIVE, LIVE, P, R, with_partner

MOST = 200  # to choose from
AT_ONCE = 500


def titles_with(organisation_id: int) -> list[tuple[str, str]]:
    """(key, title) of those in which it takes part and may be named, by title."""
    rows = (
        sa.select(P.c.key, R.c.title)
        .select_from(LIVE)
        .where(IS_LIVE, with_partner(organisation_id))
        .order_by(R.c.title, P.c.id)
        .limit(MOST)
    )
    return [(key, title) for key, title in db.session.execute(rows)]


def public_with(keys: Collection[str]) -> list[tuple[str, str, str]]:
    """(key, title, slug) of those that are public now."""
    wanted = sorted(keys)
    parts = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    return [row for part in parts for row in _public_among(part)]


def _public_among(keys: list[str]) -> list[tuple[str, str, str]]:
    rows = (
        sa.select(P.c.key, R.c.title, P.c.slug).select_from(LIVE).where(IS_LIVE, P.c.key.in_(keys))
    )
    return [(key, title, slug) for key, title, slug in db.session.execute(rows)]
