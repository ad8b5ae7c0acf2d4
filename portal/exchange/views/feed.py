"""The selection as a feed."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import public
from portal.core.feeds import Item, atom_feed
from portal.core.pages import absolute
from portal.exchange import queries
from portal.exchange.queries import Card
from portal.exchange.views.blueprints import bp


@bp.get("/kooperationen.atom", endpoint="atom")
@public
def atom() -> ResponseReturnValue:
    choice = queries.chosen(request.args.getlist)
    return atom_feed(
        map(_item, queries.feed(choice)),
        title=_("Projektbörse der Allianz Smart City Dortmund"),
        description=_("Neue Angebote und Gesuche"),
        here=absolute("exchange.atom") + choice.query(),
        link=absolute("exchange.index") + choice.query(),
    )


def _item(card: Card) -> Item:
    return Item(
        address=absolute("exchange.show", slug=card.slug),
        title=f"{card.kind.label}: {card.title}",
        summary=card.summary,
        published_at=card.published_at,
        changed_at=card.changed_at,
        theme=card.theme,
    )
