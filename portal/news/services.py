"""What the office does with news. Demo and import use the same verbs: `at` dates them back."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import tell
from portal.core.pictures.changes import PictureChange
from portal.core.rules import require
from portal.core.search import index
from portal.core.text import plain, render_markdown, unique_slug
from portal.core.times import now, start_of
from portal.core.workflows import check_version
from portal.news import queries
from portal.news.facts import ArticleChanged, ArticleWritten
from portal.news.models import Article, ArticleState
from portal.news.policies import may_write
from portal.news.workflow import WORKFLOW

NO_CHANGE = PictureChange()


@dataclass(frozen=True, kw_only=True)
class Content:
    """`text` is Markdown; `dated` is the day that readers see."""

    title: str
    teaser: str
    text: str
    dated: date
    source_name: str = ""
    source_url: str = ""


def write(
    content: Content,
    *,
    by: User,
    picture: PictureChange = NO_CHANGE,
    fictitious: bool = False,
    at: datetime | None = None,
) -> Article:
    """A draft, seen by the office only. Its address comes from its title and stays."""
    require(may_write, by, None)
    found = queries.find_like(content.title, content.text, content.dated)
    if found and found.state is ArticleState.DRAFT and found.author_id == by.id:
        picture.forget()
        return found
    moment = at or now()
    article = Article(
        slug=unique_slug(content.title, queries.slug_is_taken, reserved=frozenset({"neu"})),
        author=by,
        fictitious=fictitious,
        created_at=moment,
        changed_at=moment,
        picture=picture.applied_to(None),
    )
    _fill(article, content)
    db.session.add(article)
    db.session.flush()
    tell(ArticleWritten(by=by, about=article, at=moment))
    return article


def change(
    article: Article,
    content: Content,
    *,
    by: User,
    seen_version: int,
    picture: PictureChange = NO_CHANGE,
) -> None:
    """Raises Conflict when the form showed another version. A published article stays online."""
    require(may_write, by, article)
    check_version(article, seen_version)
    _fill(article, content)
    before = article.picture
    article.picture = picture.applied_to(before)
    article.changed_at = now()
    db.session.flush()
    if before and article.picture is not before:
        db.session.delete(before)
    if article.state is ArticleState.PUBLISHED:
        make_findable(article)
    tell(ArticleChanged(by=by, about=article))


def publish(article: Article, *, by: User, seen_version: int, at: datetime | None = None) -> None:
    def date_it() -> None:
        article.published_at = article.published_at or at or now()

    WORKFLOW.take("publish", article, by=by, seen_version=seen_version, meanwhile=date_it)
    make_findable(article)


def withdraw(article: Article, *, by: User, seen_version: int) -> None:
    """It vanishes from list, page, feed and search; the office can publish it again."""
    WORKFLOW.take("withdraw", article, by=by, seen_version=seen_version)
    index.remove("article", article.id)


def make_findable(article: Article) -> None:
    index.put(
        "article",
        article.id,
        slug=article.slug,
        title=article.title,
        summary=article.teaser,
        body=f"{plain(article.text)}\n{article.source_name}",
        is_public=True,
        at=start_of(article.dated),
    )


def _fill(article: Article, content: Content) -> None:
    article.title = content.title
    article.teaser = content.teaser
    article.text = content.text
    article.text_html = render_markdown(content.text)
    article.dated = content.dated
    article.source_name = content.source_name
    article.source_url = content.source_url
