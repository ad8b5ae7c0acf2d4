"""What goes with a date: pictures and documents, each in its order."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.core.documents.models import Document, Visibility
from portal.core.pictures.models import Picture
from portal.events.models.events import Event


class EventPicture(Base):
    __tablename__ = "event_picture"
    __table_args__ = (Index(None, "event_id", "position"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    event: Mapped[Event] = relationship(back_populates="pictures")
    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"), unique=True)
    picture: Mapped[Picture] = relationship(lazy="joined", innerjoin=True)
    position: Mapped[int]


class EventDocument(Base):
    """A public one is for everybody who sees the date, an internal one for people of a partner and
    for the Projektbüro."""

    __tablename__ = "event_document"
    __table_args__ = (Index(None, "event_id", "position"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    event: Mapped[Event] = relationship(back_populates="documents")
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    document: Mapped[Document] = relationship(lazy="joined", innerjoin=True)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.INTERNAL)
    position: Mapped[int]

    @property
    def is_public(self) -> bool:
        return self.visibility is Visibility.PUBLIC
