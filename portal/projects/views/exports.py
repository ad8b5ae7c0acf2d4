"""The whole selection as open data and as a feed."""

from datetime import datetime

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import public
from portal.core.feeds import Item, atom_feed
from portal.core.pages import absolute
from portal.core.sheets import MIMETYPE, csv_bytes
from portal.core.times import local
from portal.projects import queries
from portal.projects.queries.exports import Row
from portal.projects.views.blueprints import bp


@bp.get("/projekte.atom", endpoint="atom")
@public
def atom() -> ResponseReturnValue:
    choice = queries.chosen(request.args.getlist)
    query = choice.only_filters().replace("&", "?", 1)
    return atom_feed(
        map(_item, queries.entries(choice)),
        title=_("Projekte der Allianz Smart City Dortmund"),
        description=_("Neu veröffentlichte Projekte"),
        here=absolute("projects.atom") + query,
        link=absolute("projects.index") + query,
    )


def _item(row: Row) -> Item:
    return Item(
        address=absolute("projects.show", slug=row.slug),
        title=row.title,
        summary=row.summary,
        published_at=row.published_at,
        changed_at=row.changed_at,
        theme=row.theme,
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
