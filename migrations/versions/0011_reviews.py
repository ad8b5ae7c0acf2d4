"""The office comments on parts of a presentation, judges the criteria and keeps notes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "review_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        _project(),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("state", _one_of("commentstate", "open", "done", "resolved"), nullable=False),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_keys("review_comment", "written_by_id", "done_by_id"),
    )
    op.create_index("ix_review_comment_project_id", "review_comment", ["project_id"])
    op.create_table(
        "review_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        _project(),
        sa.Column(
            "criterion",
            _one_of("criterion", "innovative", "sustainable", "concrete", "useful"),
            nullable=False,
        ),
        sa.Column("verdict", _one_of("verdict", "met", "partly", "not_met"), nullable=True),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("judged_at", MOMENT, nullable=False),
        sa.Column("judged_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_keys("review_judgement", "judged_by_id"),
        sa.UniqueConstraint(
            "project_id", "criterion", name="uq_review_judgement_project_id_criterion"
        ),
    )
    op.create_table(
        "review_note",
        sa.Column("id", sa.Integer(), nullable=False),
        _project(),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        *_keys("review_note", "written_by_id"),
    )
    op.create_index("ix_review_note_project_id", "review_note", ["project_id"])


def _project() -> sa.Column:
    return sa.Column("project_id", sa.Integer(), nullable=False)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32, create_constraint=True)


def _keys(table: str, *people: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=f"fk_{table}_project_id_project",
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint([one], ["user.id"], name=f"fk_{table}_{one}_user")
            for one in people
        ),
    ]


def downgrade() -> None:
    op.drop_index("ix_review_note_project_id", table_name="review_note")
    op.drop_table("review_note")
    op.drop_table("review_judgement")
    op.drop_index("ix_review_comment_project_id", table_name="review_comment")
    op.drop_table("review_comment")
