"""Partners write their profile: a logo, competences, a contact; people may stand there by name."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.add_column(
            sa.Column("competences", sa.String(300), nullable=False, server_default="")
        )
        table.add_column(
            sa.Column("contact_email", sa.String(254), nullable=False, server_default="")
        )
        table.add_column(sa.Column("logo_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_organisation_logo_id_picture", "picture", ["logo_id"], ["id"])
    with op.batch_alter_table("affiliation") as table:
        table.add_column(sa.Column("shown_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("affiliation") as table:
        table.drop_column("shown_since")
    with op.batch_alter_table("organisation") as table:
        table.drop_constraint("fk_organisation_logo_id_picture", type_="foreignkey")
        for column in ("logo_id", "contact_email", "competences"):
            table.drop_column(column)
