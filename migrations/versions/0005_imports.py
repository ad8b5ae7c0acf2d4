"""Partners come from a file; a logo stands on the poster where it was released."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


STATES = ("checked", "imported", "undone")


def upgrade() -> None:
    op.create_table(
        "partner_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", _state(), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("ignored", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name="fk_partner_import_by_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_partner_import"),
    )
    op.create_index("ix_partner_import_at", "partner_import", ["at"])
    op.create_index(
        "uq_partner_import_digest_checked",
        "partner_import",
        ["digest"],
        unique=True,
        sqlite_where=sa.text("state = 'checked'"),
        postgresql_where=sa.text("state = 'checked'"),
    )
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("street", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("postal_code", sa.String(10), nullable=False, server_default=""))
        table.add_column(
            sa.Column("logo_on_poster", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_organisation_import_id_partner_import", "partner_import", ["import_id"], ["id"]
        )
        table.create_index("ix_organisation_import_id", ["import_id"])


def _state() -> sa.Enum:
    return sa.Enum(
        *STATES, name="importstate", native_enum=False, length=32, create_constraint=True
    )


def downgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.drop_index("ix_organisation_import_id")
        table.drop_constraint("fk_organisation_import_id_partner_import", type_="foreignkey")
        for column in ("import_id", "logo_on_poster", "postal_code", "street"):
            table.drop_column(column)
    op.drop_table("partner_import")
