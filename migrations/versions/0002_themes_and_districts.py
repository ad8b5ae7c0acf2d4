"""The themes and districts that every installation starts with."""

import json
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DATA = Path(__file__).parents[2] / "portal" / "topics" / "data"
THEME = sa.table("theme", sa.column("slug"), sa.column("name"), sa.column("position"))
DISTRICT = sa.table(
    "district",
    *map(sa.column, ("slug", "name", "short", "position", "x", "y", "nordwaerts")),
)


def upgrade() -> None:
    themes = json.loads((DATA / "themes.json").read_text("utf-8"))
    op.bulk_insert(
        THEME,
        [{"slug": row["slug"], "name": row["name"], "position": row["order"]} for row in themes],
    )
    kept = ("slug", "name", "short", "x", "y", "nordwaerts")
    districts = json.loads((DATA / "districts.json").read_text("utf-8"))
    op.bulk_insert(
        DISTRICT,
        [{"position": row["order"], **{key: row[key] for key in kept}} for row in districts],
    )


def downgrade() -> None:
    """Fails while something still uses them: nothing is lost by going back."""
    op.execute(sa.delete(DISTRICT))
    op.execute(sa.delete(THEME))
