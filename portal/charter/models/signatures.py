"""Signatures: who signed which text, for whom, when and in what way, and whether it stands."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.charter.models.declarations import Declaration
from portal.core.database import Base, Versioned
from portal.partners.models import Organisation

STANDING = "state = 'stands'"


class Way(StrEnum):
    """How the signature was given."""

    PORTAL = "portal"
    LINK = "link"
    ON_THE_DAY = "on_the_day"

    @property
    def label(self) -> str:
        return str(WAY_LABELS[self])


WAY_LABELS = {
    Way.PORTAL: _l("im Portal, nach erneuter Eingabe des Passworts"),
    Way.LINK: _l("über einen persönlichen Link aus einer E-Mail"),
    Way.ON_THE_DAY: _l("vor Ort, vom Projektbüro geprüft"),
}


class SignatureState(StrEnum):
    STANDS = "stands"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        return str(SIGNATURE_STATE_LABELS[self])


SIGNATURE_STATE_LABELS = {
    SignatureState.STANDS: _l("gilt"),
    SignatureState.WITHDRAWN: _l("zurückgezogen"),
    SignatureState.REVOKED: _l("widerrufen"),
}


class Signature(Versioned, Base):
    """What was signed stands here a second time (number and hash), so that the row proves it alone;
    an organisation's name is kept as it was. `code` opens the public check page. `named_in_public`
    is the signer's own yes to their name there. At most one stands per organisation and version."""

    __tablename__ = "signature"
    __table_args__ = (
        Index(
            "uq_signature_standing",
            "organisation_id",
            "declaration_id",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        Index(None, "declaration_id", "state", "signed_at"),
    )

    declaration_id: Mapped[int] = mapped_column(ForeignKey("declaration.id"))
    declaration: Mapped[Declaration] = relationship()
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship()
    organisation_name: Mapped[str] = mapped_column(String(200))
    signer_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    signer: Mapped[User] = relationship(foreign_keys=[signer_id])
    signer_name: Mapped[str] = mapped_column(String(170))
    function: Mapped[str] = mapped_column(String(120))
    named_in_public: Mapped[bool] = mapped_column(default=False)
    way: Mapped[Way]
    code: Mapped[str] = mapped_column(String(16), unique=True)
    signed_at: Mapped[datetime]
    state: Mapped[SignatureState] = mapped_column(default=SignatureState.STANDS)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def title(self) -> str:
        return self.organisation_name

    @property
    def stands(self) -> bool:
        return self.state is SignatureState.STANDS

    @property
    def shown_code(self) -> str:
        """In groups of four, as it is printed."""
        return "-".join(self.code[place : place + 4] for place in range(0, len(self.code), 4))
