"""A decision that one tied administrator has opened and a second one answers."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned

OPEN = "state = 'open'"


class JointState(StrEnum):
    """OUTDATED: the text has changed meanwhile, so that nothing is left to confirm."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    OUTDATED = "outdated"

    @property
    def label(self) -> str:
        return str(JOINT_STATE_LABELS[self])


JOINT_STATE_LABELS = {
    JointState.OPEN: _l("wartet auf die zweite Person"),
    JointState.CONFIRMED: _l("gemeinsam entschieden"),
    JointState.REFUSED: _l("nicht bestätigt"),
    JointState.TAKEN_BACK: _l("zurückgenommen"),
    JointState.OUTDATED: _l("überholt"),
}


class JointDecision(Versioned, Base):
    """`about` and `about_id` name the case as the desk does, `kind` and `key` lead to its page, and
    `case_version` binds it to what the first person saw. `act` is one of the case's acts, with the
    `note` that it needs; `disclosure` says how the first person is tied."""

    __tablename__ = "joint_decision"
    __table_args__ = (
        Index(
            "uq_joint_decision_open",
            "about",
            "about_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(60))
    about_id: Mapped[int]
    case_version: Mapped[int]
    title: Mapped[str] = mapped_column(String(240))
    act: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    disclosure: Mapped[str] = mapped_column(String(1000))
    state: Mapped[JointState] = mapped_column(default=JointState.OPEN)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    opened_by: Mapped[User] = relationship(foreign_keys=[opened_by_id])
    opened_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(1000), default="")
