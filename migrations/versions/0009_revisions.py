"""Published projects are revised beside their live text, shared by several organisations, archived
and kept true; fields of action and competences are data."""

import json
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FIELDS = Path(__file__).parents[2] / "portal" / "topics" / "data" / "action_fields.json"
MOMENT = sa.DateTime(timezone=True)
STATES = ("draft", "submitted", "returned", "published")
ROLES = ("lead", "partner")
BASES = ("source", "confirmed", "pending")


def upgrade() -> None:
    _name_the_data()
    _widen_projects()
    _widen_revisions()
    _widen_participations()
    _allow("revision", "state", "reviewstate", (*STATES, "rejected", "discarded"))
    _allow("participation", "role", "participationrole", (*ROLES, "co_owner"))
    _allow("participation", "basis", "basis", (*BASES, "refused"))
    op.execute("UPDATE project SET confirmed_at = published_at WHERE published_at IS NOT NULL")


def _allow(of: str, column: str, enum: str, values: tuple[str, ...]) -> None:
    """What may stand in a column that holds the values of an enum."""
    allowed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(of) as table:
        table.drop_constraint(op.f(f"ck_{of}_{enum}"), type_="check")
        table.create_check_constraint(op.f(f"ck_{of}_{enum}"), f"{column} IN ({allowed})")


def _named() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    ]


def _name_the_data() -> None:
    fields = op.create_table(
        "action_field",
        *_named(),
        sa.UniqueConstraint("slug", name="uq_action_field_slug"),
    )
    rows = json.loads(FIELDS.read_text("utf-8"))
    op.bulk_insert(
        fields,
        [{"slug": row["slug"], "name": row["name"], "position": row["order"]} for row in rows],
    )
    op.create_table(
        "competence",
        *_named(),
        sa.Column("explanation", sa.String(300), nullable=False, server_default=""),
        sa.Column("archived_at", MOMENT, nullable=True),
        sa.UniqueConstraint("slug", name="uq_competence_slug"),
    )


def _widen_projects() -> None:
    with op.batch_alter_table("project") as table:
        table.add_column(sa.Column("archived_at", MOMENT, nullable=True))
        table.add_column(sa.Column("archive_reason", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("confirmed_at", MOMENT, nullable=True))
        table.add_column(sa.Column("asked_at", MOMENT, nullable=True))
        table.add_column(
            sa.Column("lapsed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.create_index("ix_project_confirmed_at", ["confirmed_at"])


def _widen_revisions() -> None:
    with op.batch_alter_table("revision") as table:
        table.add_column(sa.Column("based_on", sa.Integer(), nullable=True))
        table.add_column(sa.Column("action_field_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("funding_programme", sa.String(200), nullable=False, server_default="")
        )
        table.add_column(sa.Column("funding_volume", sa.Integer(), nullable=True))
        table.add_column(sa.Column("funding_share", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_revision_action_field_id_action_field", "action_field", ["action_field_id"], ["id"]
        )


def _widen_participations() -> None:
    with op.batch_alter_table("participation") as table:
        for name in ("asked_at", "expires_at", "answered_at"):
            table.add_column(sa.Column(name, MOMENT, nullable=True))
        for name in ("asked_by_id", "answered_by_id"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(f"fk_participation_{name}_user", "user", [name], ["id"])
        table.add_column(sa.Column("answer", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Fails while a row stands where there was no place for it: nothing is lost by going back."""
    _allow("participation", "basis", "basis", BASES)
    _allow("participation", "role", "participationrole", ROLES)
    _allow("revision", "state", "reviewstate", STATES)
    with op.batch_alter_table("participation") as table:
        for name in ("asked_by_id", "answered_by_id"):
            table.drop_constraint(f"fk_participation_{name}_user", type_="foreignkey")
        for name in (
            "answer",
            "answered_by_id",
            "asked_by_id",
            "answered_at",
            "expires_at",
            "asked_at",
        ):
            table.drop_column(name)
    with op.batch_alter_table("revision") as table:
        table.drop_constraint("fk_revision_action_field_id_action_field", type_="foreignkey")
        for name in (
            "funding_share",
            "funding_volume",
            "funding_programme",
            "action_field_id",
            "based_on",
        ):
            table.drop_column(name)
    with op.batch_alter_table("project") as table:
        table.drop_index("ix_project_confirmed_at")
        for name in ("lapsed", "asked_at", "confirmed_at", "archive_reason", "archived_at"):
            table.drop_column(name)
    op.drop_table("competence")
    op.drop_table("action_field")
