"""News for everybody: the list, one article, its picture and the feed."""

import feedgenerator
from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import escape

from portal.accounts.guards import probe, public
from portal.accounts.sessions import me
from portal.core.languages import language
from portal.core.pages import absolute, page
from portal.core.paging import page_number, paginate
from portal.core.pictures.responses import send
from portal.core.text import clean_text
from portal.core.times import start_of, today
from portal.news import policies, queries

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


class Feed(feedgenerator.Atom1Feed):  # type: ignore[misc]  # feedgenerator ships no types
    def latest_post_date(self) -> object:
        """An empty feed says the same all day."""
        return super().latest_post_date() if self.items else start_of(today())


@bp.get("/aktuelles.atom", endpoint="atom")
@public
def atom() -> ResponseReturnValue:
    here = absolute("news.atom")
    feed = Feed(
        title=_("Aktuelles aus der Allianz Smart City Dortmund"),
        link=absolute("news.index"),
        description=_("Meldungen der Allianz"),
        language=language(),
        author_name="Allianz Smart City Dortmund",
        feed_url=here,
        feed_guid=here,
    )
    for article in queries.in_feed():
        address = absolute("news.show", slug=article.slug)
        feed.add_item(
            title=clean_text(article.title),
            link=address,
            description=str(escape(clean_text(article.teaser))),
            unique_id=address,
            pubdate=article.published_at,
            updateddate=article.changed_at,
        )
    return Response(feed.writeString("utf-8"), mimetype=Feed.content_type)
