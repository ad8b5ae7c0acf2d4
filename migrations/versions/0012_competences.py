"""Partners claim competences with a level and a piece of evidence; the first words to choose from."""

import json
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FILE = Path(__file__).parents[2] / "portal" / "topics" / "data" / "competences.json"
COLUMNS = ("slug", "name", "explanation", "position", "version")
COMPETENCE = sa.table("competence", *map(sa.column, COLUMNS))
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("competence") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_competence_merged_into_id_competence", "competence", ["merged_into_id"], ["id"]
        )
    with op.batch_alter_table("competence") as table:
        table.alter_column("version", server_default=None)
    op.create_table(
        "competence_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("competence_id", sa.Integer(), nullable=False),
        sa.Column(
            "level", _one_of("competencelevel", "basic", "experienced", "leading"), nullable=False
        ),
        sa.Column(
            "evidence_kind",
            _one_of("evidencekind", "project", "product", "publication"),
            nullable=False,
        ),
        sa.Column("evidence_title", sa.String(200), nullable=False),
        sa.Column("evidence_url", sa.String(300), nullable=False),
        sa.Column("evidence_key", sa.String(16), nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_competence_claim_organisation_id_organisation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name="fk_competence_claim_theme_id_theme"
        ),
        sa.ForeignKeyConstraint(
            ["competence_id"],
            ["competence.id"],
            name="fk_competence_claim_competence_id_competence",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_competence_claim"),
        sa.UniqueConstraint(
            "organisation_id",
            "theme_id",
            "competence_id",
            name="uq_competence_claim_organisation_id_theme_id_competence_id",
        ),
    )
    with op.batch_alter_table("competence_claim") as table:
        table.create_index(
            "ix_competence_claim_competence_id_theme_id", ["competence_id", "theme_id"]
        )
        table.create_index("ix_competence_claim_theme_id", ["theme_id"])
    rows = json.loads(FILE.read_text("utf-8"))
    op.bulk_insert(COMPETENCE, [_seed(row) for row in rows])


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _seed(row: dict) -> dict:
    kept = {key: row[key] for key in ("slug", "name", "explanation")}
    return kept | {"position": row["order"], "version": 1}


def downgrade() -> None:
    op.drop_table("competence_claim")
    op.execute("UPDATE competence SET merged_into_id = NULL")
    op.execute(sa.delete(COMPETENCE))
    with op.batch_alter_table("competence") as table:
        table.drop_constraint("fk_competence_merged_into_id_competence", type_="foreignkey")
        table.drop_column("merged_into_id")
        table.drop_column("version")
