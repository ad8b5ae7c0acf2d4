"""People are invited, ask to join, and hand their task over; organisations rest."""

import sqlalchemy as sa
from alembic import op

from portal.partners.websites import domain_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
# What is there has been checked by the office, or stands with its source.
VERIFIED = """
UPDATE organisation SET verification = 'application', verified_at = (
  SELECT decided_at FROM application
  WHERE application.organisation_id = organisation.id AND application.state = 'admitted')
WHERE id IN (SELECT organisation_id FROM application WHERE state = 'admitted')
"""


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "editor",
                "member",
                "signatory",
                name="affiliationrole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("hands_over", sa.Boolean(), nullable=False),
        sa.Column("function", sa.String(length=120), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "declined",
                "revoked",
                name="invitationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["user.id"], name=op.f("fk_invitation_invited_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["user.id"],
            name=op.f("fk_invitation_person_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_organisation_id_state"),
            ["organisation_id", "state"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_invitation_open",
            ["organisation_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "join_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_claim", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "unconfirmed",
                "asked",
                "accepted",
                "refused",
                "withdrawn",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("function", sa.String(length=120), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_join_request_decided_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_join_request_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["user.id"],
            name=op.f("fk_join_request_person_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
    )
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_request_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_join_request_state_asked_at"), ["state", "asked_at"], unique=False
        )
        batch_op.create_index(
            "uq_join_request_pending",
            ["organisation_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('unconfirmed', 'asked')"),
            postgresql_where=sa.text("state IN ('unconfirmed', 'asked')"),
        )

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("domain", sa.String(length=255), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "verification",
                sa.Enum(
                    "application",
                    "claim",
                    "source",
                    name="verification",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("suspension_reason", sa.Text(), server_default="", nullable=False)
        )
        batch_op.create_index(batch_op.f("ix_organisation_domain"), ["domain"], unique=False)

    _fill_domains()
    op.execute(VERIFIED)


def _fill_domains() -> None:
    organisation = sa.table(
        "organisation", sa.column("id"), sa.column("website"), sa.column("domain")
    )
    bind = op.get_bind()
    for id_, website in bind.execute(sa.select(organisation.c.id, organisation.c.website)).all():
        known = organisation.update().where(organisation.c.id == id_)
        bind.execute(known.values(domain=domain_of(website)[:255]))


def downgrade() -> None:
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_domain"))
        batch_op.drop_column("suspension_reason")
        batch_op.drop_column("suspended_at")
        batch_op.drop_constraint("verification", type_="check")
        batch_op.drop_column("verification")
        batch_op.drop_column("verified_at")
        batch_op.drop_column("domain")

    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_join_request_pending",
            sqlite_where=sa.text("state IN ('unconfirmed', 'asked')"),
            postgresql_where=sa.text("state IN ('unconfirmed', 'asked')"),
        )
        batch_op.drop_index(batch_op.f("ix_join_request_state_asked_at"))
        batch_op.drop_index(batch_op.f("ix_join_request_person_id"))

    op.drop_table("join_request")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_invitation_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_organisation_id_state"))

    op.drop_table("invitation")
