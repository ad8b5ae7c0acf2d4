"""The Allianzposter: of today or of a past day, of one kind or of all, as a page and for print."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import public
from portal.core.database import transaction
from portal.core.pages import page
from portal.core.times import today
from portal.core.typesetting import typeset
from portal.partners import queries
from portal.partners.models import OrganisationKind
from portal.partners.queries import Wall
from portal.partners.views.directory import KINDS, Option, bp
from portal.partners.views.poster_print import FORMATS, print_of

DAYS = ("%Y-%m-%d", "%d.%m.%Y")  # as browsers send them, and as people type them
WORDS = {kind: word for word, kind in KINDS.items()}


class NoSuchPoster(Exception):
    """The message is for the visitor."""


@dataclass(frozen=True)
class Choice:
    """What the address asks for; `day` is None for today."""

    kind: OrganisationKind | None
    day: date | None

    @property
    def word(self) -> str | None:
        """The kind, as the address names it."""
        return WORDS[self.kind] if self.kind else None

    def address(self, endpoint: str = "partners.poster", **changed: Any) -> str:
        """The same choice elsewhere, or with one thing changed."""
        kept: dict[str, Any] = {
            "art": self.word,
            "stand": self.day.isoformat() if self.day else None,
        }
        return url_for(endpoint, **(kept | changed))


@bp.get("/allianzposter", endpoint="poster")
@public
def poster() -> ResponseReturnValue:
    try:
        choice = _choice()
    except NoSuchPoster as error:
        return _no_such_poster(error)
    wall = queries.wall(kind=choice.kind, day=choice.day)
    return page(
        "partners/poster.html",
        choice=choice,
        wall=wall,
        layers=wall.layers,
        founders=queries.FOUNDERS,
        founded=queries.FOUNDED,
        kinds=_kind_options(choice, wall),
        prints=[(name.upper(), choice.address(".poster_pdf", format=name)) for name in FORMATS],
    )


@bp.get("/allianzposter.pdf", endpoint="poster_pdf")
@public
def poster_pdf() -> ResponseReturnValue:
    """The print is set once its content has been read: nobody's transaction waits for it."""
    try:
        choice = _choice()
    except NoSuchPoster as error:
        return _no_such_poster(error)
    asked = request.args.get("format", "")
    size = asked if asked in FORMATS else "a3"
    with transaction(writing=False):
        wall = queries.wall(kind=choice.kind, day=choice.day)
    content = print_of(wall, size=size, kind=choice.kind, day=choice.day)
    response = Response(typeset("poster", content), mimetype="application/pdf")
    name = "-".join(["allianzposter", size, (choice.day or today()).isoformat()])
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _choice() -> Choice:
    """A kind that nobody offered narrows nothing; a day without a poster raises NoSuchPoster."""
    return Choice(
        kind=KINDS.get(request.args.get("art", "")),
        day=_day(request.args.get("stand", "").strip()),
    )


def _day(typed: str) -> date | None:
    if not typed:
        return None
    day = next((found for shape in DAYS if (found := _read(typed[:20], shape))), None)
    if day is None:
        raise NoSuchPoster(_("Diesen Tag gibt es nicht. Schreiben Sie ihn wie 30.04.2018."))
    if day < queries.FOUNDED:
        raise NoSuchPoster(
            _("An diesem Tag gab es das Allianzposter noch nicht. Es beginnt am 9. Dezember 2016.")
        )
    if day > today():
        raise NoSuchPoster(
            _("Dieser Tag liegt noch vor uns. Wer bis dahin dazukommt, weiß heute niemand.")
        )
    return day if day < today() else None


def _read(typed: str, shape: str) -> date | None:
    try:
        return datetime.strptime(typed, shape).date()
    except ValueError:
        return None


def _no_such_poster(error: NoSuchPoster) -> ResponseReturnValue:
    shown = render_template("partners/no_poster.html", message=str(error), founded=queries.FOUNDED)
    return shown, 404


def _kind_options(choice: Choice, wall: Wall) -> list[Option]:
    """All first, then those kinds that have names."""
    every = Option(_("Alle"), choice.address(art=None), sum(wall.kinds.values()), not choice.kind)
    return [every] + [
        Option(kind.label, choice.address(art=word), wall.kinds.get(kind, 0), choice.kind is kind)
        for word, kind in KINDS.items()
        if wall.kinds.get(kind) or choice.kind is kind
    ]
