"""Named organisations answer for themselves: requests run out or are taken back, are remembered
once a week at most, and offer another role to who takes part already."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BASES = ("source", "confirmed", "pending", "refused")
ROLES = ("lead", "co_owner", "partner")


def upgrade() -> None:
    _allow((*BASES, "withdrawn", "expired"))
    with op.batch_alter_table("participation") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("reminded_at", MOMENT, nullable=True))
        table.add_column(sa.Column("offered_role", sa.String(32), nullable=True))
        table.create_check_constraint(
            op.f("ck_participation_offered_role"), _one_of("offered_role", ROLES)
        )
    with op.batch_alter_table("participation") as table:
        table.alter_column("version", server_default=None, existing_type=sa.Integer())
    _give_time_to_answer()


def _give_time_to_answer() -> None:
    """Whoever is asked already has as long as everybody who is asked from now on."""
    part = sa.table(
        "participation",
        sa.column("basis", sa.String),
        sa.column("asked_at", MOMENT),
        sa.column("expires_at", MOMENT),
    )
    now = datetime.now(UTC)
    asked = sa.update(part).where(part.c.basis == "pending", part.c.expires_at.is_(None))
    op.execute(asked.values(asked_at=now, expires_at=now + timedelta(days=30)))


def _allow(bases: tuple[str, ...]) -> None:
    with op.batch_alter_table("participation") as table:
        table.drop_constraint(op.f("ck_participation_basis"), type_="check")
        table.create_check_constraint(op.f("ck_participation_basis"), _one_of("basis", bases))


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def downgrade() -> None:
    """Fails while a row stands where there was no place for it: nothing is lost by going back."""
    with op.batch_alter_table("participation") as table:
        table.drop_constraint(op.f("ck_participation_offered_role"), type_="check")
        for name in ("offered_role", "reminded_at", "version"):
            table.drop_column(name)
    _allow(BASES)
