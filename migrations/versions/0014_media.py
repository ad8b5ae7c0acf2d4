"""Presentations have several pictures, documents, a video and several links."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COVERS = """
INSERT INTO revision_picture (revision_id, picture_id, position)
SELECT id, picture_id, 0 FROM revision WHERE picture_id IS NOT NULL
"""
LINKS = """
INSERT INTO revision_link (revision_id, label, address, position)
SELECT id, link_label, link_url, 0 FROM revision WHERE link_url <> ''
"""
FIRST_LINK = """
UPDATE revision SET
  link_label = (SELECT label FROM revision_link WHERE revision_id = revision.id AND position = 0),
  link_url = (SELECT address FROM revision_link WHERE revision_id = revision.id AND position = 0)
WHERE id IN (SELECT revision_id FROM revision_link WHERE position = 0)
"""


def upgrade() -> None:
    with op.batch_alter_table("picture") as table:
        table.drop_constraint("uq_picture_key", type_="unique")
        table.create_index("ix_picture_key", ["key"])
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_document_key", "document", ["key"])
    _go_with_revisions("picture", *_file("picture"))
    visibility = sa.Enum(
        "internal",
        "public",
        name="visibility",
        native_enum=False,
        length=32,
        create_constraint=True,
    )
    _go_with_revisions(
        "document", *_file("document"), sa.Column("visibility", visibility, nullable=False)
    )
    _go_with_revisions(
        "link",
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
    )
    op.execute(COVERS)
    op.execute(LINKS)
    with op.batch_alter_table("revision") as table:
        table.add_column(sa.Column("video_url", sa.String(500), nullable=False, server_default=""))
        table.drop_column("link_label")
        table.drop_column("link_url")


def _file(kind: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(f"{kind}_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            [f"{kind}_id"], [f"{kind}.id"], name=f"fk_revision_{kind}_{kind}_id_{kind}"
        ),
        sa.UniqueConstraint(f"{kind}_id", name=f"uq_revision_{kind}_{kind}_id"),
    ]


def _go_with_revisions(kind: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        f"revision_{kind}",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=f"fk_revision_{kind}_revision_id_revision",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        f"ix_revision_{kind}_revision_id_position",
        f"revision_{kind}",
        ["revision_id", "position"],
    )


def downgrade() -> None:
    """The cover and the first link stay; there is no place for the others."""
    with op.batch_alter_table("revision") as table:
        table.add_column(sa.Column("link_label", sa.String(120), nullable=False, server_default=""))
        table.add_column(sa.Column("link_url", sa.String(500), nullable=False, server_default=""))
        table.drop_column("video_url")
    op.execute(FIRST_LINK)
    for kind in ("link", "document", "picture"):
        op.drop_table(f"revision_{kind}")
    op.drop_table("document")
    with op.batch_alter_table("picture") as table:
        table.drop_index("ix_picture_key")
        table.create_unique_constraint("uq_picture_key", ["key"])
