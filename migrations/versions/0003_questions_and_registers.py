"""The office asks applicants; organisations name their register and their district."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("application", "organisation")


def upgrade() -> None:
    with op.batch_alter_table("application") as table:
        table.add_column(sa.Column("question", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        table.add_column(sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index("ix_application_heard_at", ["heard_at"])
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(_text("register_court", 120))
            table.add_column(_text("register_number", 40))
            table.add_column(sa.Column("district_id", sa.Integer(), nullable=True))
            table.create_foreign_key(
                f"fk_{name}_district_id_district", "district", ["district_id"], ["id"]
            )
            table.create_index(f"ix_{name}_district_id", ["district_id"])
    waiting = (
        "UPDATE application SET heard_at = received_at WHERE state IN ('received', 'question')"
    )
    op.execute(waiting)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default="")


def downgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_index(f"ix_{name}_district_id")
            table.drop_constraint(f"fk_{name}_district_id_district", type_="foreignkey")
            for column in ("district_id", "register_number", "register_court"):
                table.drop_column(column)
    with op.batch_alter_table("application") as table:
        table.drop_index("ix_application_heard_at")
        for column in ("heard_at", "answer_by", "question"):
            table.drop_column(column)
