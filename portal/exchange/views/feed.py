"""The selection as a feed."""

from typing import Any

import feedgenerator
from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import escape

from portal.accounts.guards import public
from portal.core.languages import language
from portal.core.pages import absolute
from portal.core.text import clean_text
from portal.core.times import start_of, today
from portal.exchange import queries
from portal.exchange.queries import Card
from portal.exchange.views.blueprints import bp


class Feed(feedgenerator.Atom1Feed):  # type: ignore[misc]  # feedgenerator ships no types
    def latest_post_date(self) -> Any:
        """An empty feed says the same all day."""
        return super().latest_post_date() if self.items else start_of(today())


@bp.get("/kooperationen.atom", endpoint="atom")
@public
def atom() -> ResponseReturnValue:
    choice = queries.chosen(request.args.getlist)
    here = absolute("exchange.atom") + choice.query()
    feed = Feed(
        title=_("Projektbörse der Allianz Smart City Dortmund"),
        link=absolute("exchange.index") + choice.query(),
        description=_("Neue Angebote und Gesuche"),
        language=language(),
        author_name="Allianz Smart City Dortmund",
        feed_url=here,
        feed_guid=here,
    )
    for card in queries.feed(choice):
        _add(feed, card)
    return Response(feed.writeString("utf-8"), mimetype=Feed.content_type)


def _add(feed: Feed, card: Card) -> None:
    """The address never changes, so it is the entry's name, too."""
    address = absolute("exchange.show", slug=card.slug)
    feed.add_item(
        title=clean_text(f"{card.kind.label}: {card.title}"),
        link=address,
        description=str(escape(clean_text(card.summary))),  # a summary is read as HTML
        unique_id=address,
        pubdate=card.published_at,
        updateddate=card.changed_at,
        categories=[card.theme] if card.theme else [],
    )
