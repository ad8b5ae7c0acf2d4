"""The whole selection as open data and as a feed."""

from datetime import datetime
from typing import Any

import feedgenerator
from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import escape

from portal.accounts.guards import public
from portal.core.languages import language
from portal.core.pages import absolute
from portal.core.sheets import MIMETYPE, csv_bytes
from portal.core.text import clean_text
from portal.core.times import local, start_of, today
from portal.projects import queries
from portal.projects.queries.exports import Row
from portal.projects.views.blueprints import bp


class Feed(feedgenerator.Atom1Feed):  # type: ignore[misc]  # feedgenerator ships no types
    def latest_post_date(self) -> Any:
        """An empty feed says the same all day."""
        return super().latest_post_date() if self.items else start_of(today())


@bp.get("/projekte.atom", endpoint="atom")
@public
def atom() -> ResponseReturnValue:
    choice = queries.chosen(request.args.getlist)
    query = choice.only_filters().replace("&", "?", 1)
    here = absolute("projects.atom") + query
    feed = Feed(
        title=_("Projekte der Allianz Smart City Dortmund"),
        link=absolute("projects.index") + query,
        description=_("Neu veröffentlichte Projekte"),
        language=language(),
        author_name="Allianz Smart City Dortmund",
        feed_url=here,
        feed_guid=here,
    )
    for row in queries.entries(choice):
        _add(feed, row)
    return Response(feed.writeString("utf-8"), mimetype=Feed.content_type)


def _add(feed: Feed, row: Row) -> None:
    """The address never changes, so it is the entry's name, too."""
    address = absolute("projects.show", slug=row.slug)
    feed.add_item(
        title=clean_text(row.title),
        link=address,
        description=str(escape(clean_text(row.summary))),  # a summary is read as HTML
        unique_id=address,
        pubdate=row.published_at,
        updateddate=row.changed_at,
        categories=[row.theme] if row.theme else [],
    )


@bp.get("/projekte.csv", endpoint="csv")
@public
def csv() -> ResponseReturnValue:
    choice = queries.chosen(request.args.getlist)
    content = csv_bytes(_header(), (_line(row) for row in queries.table(choice)))
    headers = {"Content-Disposition": 'attachment; filename="projekte.csv"'}
    return Response(content, mimetype=MIMETYPE, headers=headers)


def _header() -> list[str]:
    return [
        _("Titel"),
        _("Kurzbeschreibung"),
        _("Thema"),
        _("Expertenteam"),
        _("Phase"),
        _("Stadtbezirke"),
        _("Ort"),
        _("Beginn"),
        _("Ende"),
        _("Förderung"),
        _("Projektpartner"),
        _("Bezug zur Allianz"),
        _("Veröffentlicht"),
        _("Geändert"),
        _("Quelle"),
        _("Adresse"),
    ]


def _line(row: Row) -> list[str | datetime]:
    return [
        row.title,
        row.summary,
        row.theme,
        row.team,
        row.phase.label if row.phase else "",
        _("stadtweit") if row.citywide else row.districts,
        row.place,
        row.begins,
        row.ends,
        row.funding,
        row.partners,
        row.relation,
        local(row.published_at),
        local(row.changed_at),
        row.source_url,
        absolute("projects.show", slug=row.slug),
    ]
