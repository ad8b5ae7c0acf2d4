"""The secret address of a person's calendar."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base
from portal.core.tokens import Tokened


class CalendarKey(Tokened, Base):
    """Who has a row has an address; it is derived from the row and stored nowhere. A new nonce is a
    new address, no row is none."""

    __tablename__ = "calendar_key"

    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    person: Mapped[User] = relationship()
    made_at: Mapped[datetime]

    @property
    def title(self) -> str:
        return str(_("Eigener Kalender"))
