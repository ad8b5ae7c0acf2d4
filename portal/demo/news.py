"""News as recorded, with their sources; drafts and what was withdrawn are invented and say so."""

from datetime import date, datetime

from portal.core.database import db
from portal.core.facts import Fact
from portal.core.search import index
from portal.core.text import render_markdown
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.news.facts import ArticlePublished, ArticleWithdrawn, ArticleWritten
from portal.news.models import Article, ArticleState
from portal.news.services import make_findable

NEWEST = 13  # days ago the newest article went online, and every
APART = 14  # days the one before
WRITTEN = 4  # days ago the newest of the invented ones was written, and every
WRITTEN_APART = 5  # days the one before


def load(world: World) -> str:
    found = rows("news")
    recorded = [row for row in found if not row["fictitious"]]
    newest_first = sorted(recorded, key=lambda row: str(row["date"]), reverse=True)
    for place, row in enumerate(newest_first):
        days = NEWEST + place * APART
        article = _article(world, row, world.days.worked(days, "09:20"))
        _publish(world, article, world.days.worked(days, "11:00"))
    for place, row in enumerate(row for row in found if row["fictitious"]):
        days = WRITTEN + place * WRITTEN_APART
        article = _article(world, row, world.days.worked(days, "14:15"))
        if row["state"] == ArticleState.WITHDRAWN:
            _publish(world, article, world.days.worked(days, "14:30"))
            _withdraw(world, article, world.days.worked(days, "16:45"))
    return f"{len(found)} articles"


def _article(world: World, row: Row, at: datetime) -> Article:
    """A draft. What is invented never bears a day that is still to come."""
    dated = date.fromisoformat(row["date"])
    article = Article(
        slug=row["slug"],
        state=ArticleState.DRAFT,
        title=row["title"],
        teaser=row["teaser"],
        text=row["text"],
        text_html=render_markdown(row["text"]),
        dated=min(dated, world.days.today) if row["fictitious"] else dated,
        source_name=row["source_name"],
        source_url=row["source_url"],
        author_id=world.moderator.id,
        fictitious=row["fictitious"],
        created_at=at,
        changed_at=at,
    )
    db.session.add(article)
    _note(world, ArticleWritten, article)
    return article


def _publish(world: World, article: Article, at: datetime) -> None:
    article.state = ArticleState.PUBLISHED
    article.changed_at = article.published_at = at
    db.session.flush()
    make_findable(article)
    _note(world, ArticlePublished, article)


def _withdraw(world: World, article: Article, at: datetime) -> None:
    article.state = ArticleState.WITHDRAWN
    article.changed_at = at
    db.session.flush()
    index.remove("article", article.id)
    _note(world, ArticleWithdrawn, article)


def _note(world: World, kind: type[Fact], article: Article) -> None:
    world.note(kind, article.changed_at, by=world.moderator, about=article)
