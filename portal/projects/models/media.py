"""What goes with the text of a revision: pictures, documents and links, each in its order. Each
revision has rows of its own; the files behind them may be shared."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.core.documents.models import Document, Visibility
from portal.core.pictures.models import Picture
from portal.projects.models.revisions import Revision

LABEL_LENGTH = 120
ADDRESS_LENGTH = 500


class RevisionPicture(Base):
    """The first one is the cover; `Revision.picture` names it once more, for the lists."""

    __tablename__ = "revision_picture"
    __table_args__ = (Index(None, "revision_id", "position"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    revision: Mapped[Revision] = relationship(back_populates="pictures")
    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"), unique=True)
    picture: Mapped[Picture] = relationship(lazy="joined", innerjoin=True)
    position: Mapped[int]


class RevisionDocument(Base):
    __tablename__ = "revision_document"
    __table_args__ = (Index(None, "revision_id", "position"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    revision: Mapped[Revision] = relationship(back_populates="documents")
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    document: Mapped[Document] = relationship(lazy="joined", innerjoin=True)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.INTERNAL)
    position: Mapped[int]


class RevisionLink(Base):
    """`label` may be empty: then the address stands for itself."""

    __tablename__ = "revision_link"
    __table_args__ = (Index(None, "revision_id", "position"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    revision: Mapped[Revision] = relationship(back_populates="links")
    label: Mapped[str] = mapped_column(String(LABEL_LENGTH), default="")
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH))
    position: Mapped[int]
