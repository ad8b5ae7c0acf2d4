"""Reading articles: lists show records of what is public, the article itself loads by right."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.pictures.models import Picture
from portal.core.rules import require
from portal.news.models import Article, ArticleState
from portal.news.policies import may_see

MOST_IN_FEED = 100


@dataclass(frozen=True)
class ArticleRecord:
    """What a list shows of an article."""

    slug: str
    title: str
    teaser: str
    dated: date
    source_name: str
    fictitious: bool
    published_at: datetime | None
    changed_at: datetime


SHOWN = (
    Article.slug,
    Article.title,
    Article.teaser,
    Article.dated,
    Article.source_name,
    Article.fictitious,
    Article.published_at,
    Article.changed_at,
)


def published() -> Select[*tuple[Any, ...]]:
    """Columns of ArticleRecord, newest day first."""
    rows = select(*SHOWN).where(Article.state == ArticleState.PUBLISHED)
    return rows.order_by(Article.dated.desc(), Article.id.desc())


def newest(count: int) -> list[ArticleRecord]:
    return [ArticleRecord(*row) for row in db.session.execute(published().limit(count))]


def in_feed() -> list[ArticleRecord]:
    return newest(MOST_IN_FEED)


def all_articles(state: ArticleState | None = None) -> Select[Article]:
    """For the office: what was touched last comes first."""
    rows = select(Article).order_by(Article.changed_at.desc(), Article.id.desc())
    return rows.where(Article.state == state) if state else rows


def with_slug(slug: str, *, seen_by: User) -> Article:
    """Raises Hidden for what is not published, unless the office asks."""
    rows = select(Article).options(joinedload(Article.picture)).where(Article.slug == slug)
    article = db.session.scalar(rows)
    if article is None:
        raise Hidden("no such article")
    require(may_see, seen_by, article, otherwise=Hidden)
    return article


def picture_of(article: Article, key: str) -> Picture:
    """Raises Hidden for a picture of something else."""
    if article.picture is None or article.picture.key != key:
        raise Hidden("not a picture of this article", about=article)
    return article.picture


def slug_is_taken(slug: str) -> bool:
    return db.session.scalar(select(Article.id).where(Article.slug == slug)) is not None


def find_like(title: str, text: str, dated: date) -> Article | None:
    """The draft that the first of two clicks made."""
    rows = select(Article).where(
        Article.title == title, Article.text == text, Article.dated == dated
    )
    return db.session.scalar(rows.order_by(Article.id.desc()).limit(1))
