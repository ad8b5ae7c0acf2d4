"""Who takes part in a project, as what, and why the name may stand in public."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from sqlalchemy import Enum, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.core.times import now
from portal.partners.models import Organisation
from portal.projects.models.projects import Project


class ParticipationRole(StrEnum):
    """Co-owners write the presentation together with the lead."""

    LEAD = "lead"
    CO_OWNER = "co_owner"
    PARTNER = "partner"

    @property
    def label(self) -> str:
        return str(PARTICIPATION_ROLE_LABELS[self])


PARTICIPATION_ROLE_LABELS = {
    ParticipationRole.LEAD: _l("Projektleitung"),
    ParticipationRole.CO_OWNER: lazy_pgettext("one", "Mitträger"),
    ParticipationRole.PARTNER: lazy_pgettext("one", "Projektpartner"),
}


class Basis(StrEnum):
    """Why a name may stand in public: a public source, or the organisation's own yes. With all
    others it stands nowhere in public. WITHDRAWN was taken back by who had asked, EXPIRED was never
    answered."""

    SOURCE = "source"
    CONFIRMED = "confirmed"
    PENDING = "pending"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return str(BASIS_LABELS[self])

    @property
    def fill(self) -> str:
        """The kind of hexagon that shows it (components/state.html)."""
        return BASIS_FILLS[self]


BASIS_LABELS = {
    Basis.SOURCE: _l("nach öffentlicher Quelle"),
    Basis.CONFIRMED: _l("bestätigt"),
    Basis.PENDING: _l("angefragt"),
    Basis.REFUSED: _l("nicht dabei"),
    Basis.WITHDRAWN: _l("zurückgenommen"),
    Basis.EXPIRED: _l("ohne Antwort abgelaufen"),
}
BASIS_FILLS = {
    Basis.SOURCE: "run",
    Basis.CONFIRMED: "live",
    Basis.PENDING: "review",
    Basis.REFUSED: "no",
    Basis.WITHDRAWN: "draft",
    Basis.EXPIRED: "draft",
}
PUBLIC_BASIS = frozenset({Basis.SOURCE, Basis.CONFIRMED})


class Participation(Versioned, Base):
    """One organisation's part in one project. `note` says what it does there. A request is open
    until `expires_at`, which is also when the authors took it back; `answered_at` is when the
    organisation said yes or no to its part, `answer` its reason. `offered_role` is another role
    that it is asked to take while its name stands."""

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("project_id", "organisation_id"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    project: Mapped[Project] = relationship(back_populates="participations")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship()
    role: Mapped[ParticipationRole] = mapped_column(default=ParticipationRole.PARTNER)
    offered_role: Mapped[ParticipationRole | None] = mapped_column(
        Enum(
            ParticipationRole,
            native_enum=False,
            length=32,
            create_constraint=True,
            name="offered_role",
            values_callable=lambda kind: [member.value for member in kind],
        )
    )
    basis: Mapped[Basis]
    state: Mapped[Basis] = synonym("basis")  # as workflows call it
    source_url: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    asked_at: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])
    reminded_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")

    @property
    def ends(self) -> list[datetime]:
        """When either side said the last word, as far as somebody did."""
        return [at for at in (self.answered_at, self.expires_at) if at]

    @property
    def is_public(self) -> bool:
        """Its name stands with the project wherever the project is public."""
        return self.basis in PUBLIC_BASIS

    @property
    def is_lead(self) -> bool:
        return self.role is ParticipationRole.LEAD

    @property
    def owns(self) -> bool:
        """A co-owner that has said yes to it."""
        return self.role is ParticipationRole.CO_OWNER and self.basis is Basis.CONFIRMED

    @property
    def is_open(self) -> bool:
        """Something was asked that has no answer yet."""
        return self.basis is Basis.PENDING or self.offered_role is not None

    @property
    def waits(self) -> bool:
        """For the organisation's answer. What ran out waits no longer, also before the nightly run
        has closed it."""
        return self.is_open and self.expires_at is not None and self.expires_at > now()
