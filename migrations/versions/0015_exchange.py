"""The Projektbörse: entries, their texts, and threads about them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = (
    "offer_revision_district",
    "inquiry_message",
    "offer_revision",
    "inquiry",
    "offer",
)


def upgrade() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("slug", sa.String(length=90), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "online",
                "expired",
                "ended",
                "removed",
                name="offerstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("live_number", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reminded_days", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "open",
                "in_talks",
                "found",
                "no_match",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_offer_author_id_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_offer_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("key", name=op.f("uq_offer_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_offer_slug")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_offer_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_offer_state_expires_on"), ["state", "expires_on"], unique=False
        )

    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "answered",
                "closed",
                name="inquirystate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_inquiry_offer_id_offer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_inquiry_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("key", name=op.f("uq_inquiry_key")),
    )
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inquiry_begun_at"), ["begun_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_inquiry_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_inquiry_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_inquiry_open",
            ["offer_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )

    op.create_table(
        "offer_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                name="offerreview",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "offer",
                "request",
                "pilot_site",
                "funding_partner",
                name="offerkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column(
            "folded_title",
            sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("competence_id", sa.Integer(), nullable=True),
        sa.Column("citywide", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("promised_by", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user.id"], name=op.f("fk_offer_revision_changed_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["competence_id"],
            ["competence.id"],
            name=op.f("fk_offer_revision_competence_id_competence"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_offer_revision_decided_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
            name=op.f("fk_offer_revision_offer_id_offer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user.id"], name=op.f("fk_offer_revision_submitted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_offer_revision_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_revision")),
        sa.UniqueConstraint("offer_id", "number", name=op.f("uq_offer_revision_offer_id_number")),
    )
    with op.batch_alter_table("offer_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_offer_revision_competence_id"), ["competence_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_offer_revision_state_submitted_at"),
            ["state", "submitted_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_offer_revision_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "inquiry_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shows_address", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_inquiry_message_author_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"],
            ["inquiry.id"],
            name=op.f("fk_inquiry_message_inquiry_id_inquiry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_inquiry_message_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_message")),
        sa.UniqueConstraint("key", name=op.f("uq_inquiry_message_key")),
    )
    with op.batch_alter_table("inquiry_message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inquiry_message_inquiry_id"), ["inquiry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inquiry_message_organisation_id_written_at"),
            ["organisation_id", "written_at"],
            unique=False,
        )

    op.create_table(
        "offer_revision_district",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_revision_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["district.id"],
            name=op.f("fk_offer_revision_district_district_id_district"),
        ),
        sa.ForeignKeyConstraint(
            ["offer_revision_id"],
            ["offer_revision.id"],
            name=op.f("fk_offer_revision_district_offer_revision_id_offer_revision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_revision_district")),
        sa.UniqueConstraint(
            "offer_revision_id",
            "district_id",
            name=op.f("uq_offer_revision_district_offer_revision_id_district_id"),
        ),
    )
    with op.batch_alter_table("offer_revision_district", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_offer_revision_district_district_id"), ["district_id"], unique=False
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
