"""News for everybody: the list, one article, its picture and the feed."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import probe, public
from portal.accounts.sessions import me
from portal.core.feeds import Item, atom_feed
from portal.core.pages import absolute, page
from portal.core.paging import page_number, paginate
from portal.core.pictures.responses import send
from portal.news import policies, queries
from portal.news.queries import ArticleRecord

bp = Blueprint("news", __name__)
PER_PAGE = 10


@bp.get("/aktuelles", endpoint="index")
@public
def index() -> ResponseReturnValue:
    rows = queries.published()
    return page("news/index.html", listing=paginate(rows, page=page_number(), per_page=PER_PAGE))


@bp.get("/aktuelles/<slug>", endpoint="show")
@public
def show(slug: str) -> ResponseReturnValue:
    article = queries.with_slug(slug, seen_by=me())
    return page("news/show.html", article=article, others=queries.newest(4))


@bp.get("/aktuelles/<slug>/bild/<key>/<size>", endpoint="picture")
@probe  # the right is asked on each request, before any conditional answer (safety.md, row 52)
def picture(slug: str, key: str, size: str) -> ResponseReturnValue:
    article = queries.with_slug(slug, seen_by=me())
    is_public = policies.is_published(None, article)
    return send(queries.picture_of(article, key), size, public=is_public)


@bp.get("/aktuelles.atom", endpoint="atom")
@public
def atom() -> ResponseReturnValue:
    return atom_feed(
        map(_item, queries.in_feed()),
        title=_("Aktuelles aus der Allianz Smart City Dortmund"),
        description=_("Meldungen der Allianz"),
        here=absolute("news.atom"),
        link=absolute("news.index"),
    )


def _item(article: ArticleRecord) -> Item:
    return Item(
        address=absolute("news.show", slug=article.slug),
        title=article.title,
        summary=article.teaser,
        published_at=article.published_at,
        changed_at=article.changed_at,
    )
