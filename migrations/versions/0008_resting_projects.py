"""The projects of an organisation that rests may rest with it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.add_column(
            sa.Column("projects_rest", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("project") as table:
        table.add_column(
            sa.Column("rests", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("project") as table:
        table.drop_column("rests")
    with op.batch_alter_table("organisation") as table:
        table.drop_column("projects_rest")
