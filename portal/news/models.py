"""News articles of the office."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.core.pictures.models import Picture


class ArticleState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(ARTICLE_STATE_LABELS[self])


ARTICLE_STATE_LABELS = {
    ArticleState.DRAFT: _l("Entwurf"),
    ArticleState.PUBLISHED: _l("veröffentlicht"),
    ArticleState.WITHDRAWN: _l("zurückgezogen"),
}


class Article(Versioned, Base):
    """`dated` is the day that readers see; `published_at` the moment it went online."""

    __tablename__ = "article"
    __table_args__ = (Index(None, "state", "dated"),)

    slug: Mapped[str] = mapped_column(String(90), unique=True)
    state: Mapped[ArticleState] = mapped_column(default=ArticleState.DRAFT)
    title: Mapped[str] = mapped_column(String(160))
    teaser: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    text_html: Mapped[str] = mapped_column(Text, default="")
    dated: Mapped[date]
    source_name: Mapped[str] = mapped_column(String(200), default="")
    source_url: Mapped[str] = mapped_column(String(500), default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    picture: Mapped[Picture | None] = relationship()
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    author: Mapped[User | None] = relationship()
    fictitious: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
