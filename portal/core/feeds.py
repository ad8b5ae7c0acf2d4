"""Feeds for subscribing (Atom): the one place that writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import feedgenerator
from flask import Response
from markupsafe import escape

from portal.core.languages import language
from portal.core.text import clean_text
from portal.core.times import start_of, today


@dataclass(frozen=True, kw_only=True)
class Item:
    """The address never changes, so it is the name of what it leads to, too."""

    address: str
    title: str
    summary: str
    published_at: datetime | None
    changed_at: datetime | None
    theme: str | None = None


class _Feed(feedgenerator.Atom1Feed):  # type: ignore[misc]  # feedgenerator ships no types
    def latest_post_date(self) -> Any:
        """An empty feed says the same all day."""
        return super().latest_post_date() if self.items else start_of(today())


def atom_feed(
    items: Iterable[Item], *, title: str, description: str, here: str, link: str
) -> Response:
    """`here` is the address of the feed, `link` that of the page with the same selection."""
    feed = _Feed(
        title=title,
        link=link,
        description=description,
        language=language(),
        author_name="Allianz Smart City Dortmund",
        feed_url=here,
        feed_guid=here,
    )
    for item in items:
        feed.add_item(
            title=clean_text(item.title),
            link=item.address,
            description=str(escape(clean_text(item.summary))),  # a summary is read as HTML
            unique_id=item.address,
            pubdate=item.published_at,
            updateddate=item.changed_at,
            categories=[item.theme] if item.theme else [],
        )
    return Response(feed.writeString("utf-8"), mimetype=_Feed.content_type)
