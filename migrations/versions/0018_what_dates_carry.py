"""Dates say how to get there, programmes who speaks and where; pictures and documents stay."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

VISIBILITY = sa.Enum(
    "internal", "public", name="visibility", native_enum=False, length=32, create_constraint=True
)


def upgrade() -> None:
    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("arrival", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("arrival_html", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("agenda_item") as table:
        table.add_column(sa.Column("place", sa.String(160), nullable=False, server_default=""))
        table.add_column(
            sa.Column("speakers", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
    _go_with_events("picture")
    _go_with_events("document", sa.Column("visibility", VISIBILITY, nullable=False))


def _go_with_events(kind: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        f"event_{kind}",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(f"{kind}_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=f"fk_event_{kind}_event_id_event", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            [f"{kind}_id"], [f"{kind}.id"], name=f"fk_event_{kind}_{kind}_id_{kind}"
        ),
        sa.UniqueConstraint(f"{kind}_id", name=f"uq_event_{kind}_{kind}_id"),
    )
    op.create_index(f"ix_event_{kind}_event_id_position", f"event_{kind}", ["event_id", "position"])


def downgrade() -> None:
    op.drop_table("event_document")
    op.drop_table("event_picture")
    with op.batch_alter_table("agenda_item") as table:
        table.drop_column("speakers")
        table.drop_column("place")
    with op.batch_alter_table("event") as table:
        table.drop_column("arrival_html")
        table.drop_column("arrival")
