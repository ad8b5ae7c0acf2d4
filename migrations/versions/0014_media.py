"""Presentations have several pictures, documents, a video and several links.

On the way down the cover and the first link of each revision stay. Lost are its other pictures and
links, its documents and its video: there is no place for them."""

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
PICTURE = sa.table(
    "picture",
    *(
        sa.column(name, kind)
        for name, kind in {
            "id": sa.Integer(),
            "key": sa.String(),
            "width": sa.Integer(),
            "height": sa.Integer(),
            "widths": sa.JSON(),
            "alt": sa.String(),
            "credit": sa.String(),
            "created_at": MOMENT,
        }.items()
    ),
)
REVISION = sa.table(
    "revision", sa.column("id", sa.Integer()), sa.column("picture_id", sa.Integer())
)
# One row for each key again: the one that was there first.
SAME_PICTURE = """
UPDATE {table} SET {column} = (
  SELECT min(first.id) FROM picture AS first JOIN picture AS own ON own.key = first.key
  WHERE own.id = {table}.{column}
) WHERE {column} IS NOT NULL
"""
SHOWING = {"revision": "picture_id", "article": "picture_id", "organisation": "logo_id"}
UNUSED = "DELETE FROM picture WHERE " + " AND ".join(
    f"id NOT IN (SELECT {column} FROM {table} WHERE {column} IS NOT NULL)"
    for table, column in SHOWING.items()
)
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
    _give_each_its_own(op.get_bind())
    op.execute(COVERS)
    op.execute(LINKS)
    with op.batch_alter_table("revision") as table:
        table.add_column(sa.Column("video_url", sa.String(500), nullable=False, server_default=""))
        table.drop_column("link_label")
        table.drop_column("link_url")


def _give_each_its_own(bind: sa.Connection) -> None:
    """Revisions shared the row of a picture; from now on each has one, and the file is shared."""
    rows = sa.select(REVISION.c.id, REVISION.c.picture_id).where(REVISION.c.picture_id.is_not(None))
    taken: set[int] = set()
    last = bind.scalar(sa.select(sa.func.max(PICTURE.c.id))) or 0
    rest = [column.name for column in PICTURE.columns if column.name != "id"]
    for revision_id, picture_id in bind.execute(rows.order_by(REVISION.c.id)).all():
        if picture_id not in taken:
            taken.add(picture_id)
            continue
        copied = sa.select(*(PICTURE.c[name] for name in rest)).where(PICTURE.c.id == picture_id)
        bind.execute(sa.insert(PICTURE).from_select(rest, copied))
        last = bind.scalar(sa.select(sa.func.max(PICTURE.c.id)).where(PICTURE.c.id > last))
        own = sa.update(REVISION).where(REVISION.c.id == revision_id).values(picture_id=last)
        bind.execute(own)


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
    with op.batch_alter_table("revision") as table:
        table.add_column(sa.Column("link_label", sa.String(120), nullable=False, server_default=""))
        table.add_column(sa.Column("link_url", sa.String(500), nullable=False, server_default=""))
        table.drop_column("video_url")
    op.execute(FIRST_LINK)
    for kind in ("link", "document", "picture"):
        op.drop_table(f"revision_{kind}")
    op.drop_table("document")
    for table, column in SHOWING.items():
        op.execute(SAME_PICTURE.format(table=table, column=column))
    op.execute(UNUSED)
    with op.batch_alter_table("picture") as table:
        table.drop_index("ix_picture_key")
        table.create_unique_constraint("uq_picture_key", ["key"])
