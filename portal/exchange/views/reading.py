"""The list of entries and the page of one, for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import public
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.paging import page_number
from portal.exchange import policies, queries
from portal.exchange.models import OfferKind, OfferState
from portal.exchange.queries import Choice
from portal.exchange.views.blueprints import bp
from portal.topics.queries import districts, themes


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, as components/facet.html shows it."""

    label: str
    href: str
    count: int
    current: bool


@bp.get("/kooperationen", endpoint="index")
@public
def index() -> ResponseReturnValue:
    choice = queries.chosen(request.args.getlist)
    selection = queries.selected(choice)
    counts = selection.counts
    listing = queries.listing(selection, page=page_number())
    here = url_for("exchange.index")
    return page(
        "exchange/index.html",
        here=here,
        choice=choice,
        counts=counts,
        listing=listing,
        meant=_meant(choice) if not listing.items else None,
        kind_options=_options(choice, "art", [(k.slug, k.label) for k in OfferKind], counts.kinds),
        theme_options=_options(choice, "thema", _named(themes()), counts.themes),
        district_options=_options(choice, "stadtbezirk", _named(districts()), counts.districts),
        chosen_items=_chosen_items(choice),
        feed_href=url_for("exchange.atom") + choice.query(),
    )


def _named(records: Iterable[Any]) -> list[tuple[str, str]]:
    return [(record.slug, record.name) for record in records]


def _options(
    choice: Choice, name: str, values: Iterable[tuple[str, str]], numbers: dict[str, int]
) -> list[Option]:
    """A facet's values that would show something. A link sets one value; the chosen one takes
    itself out again."""
    rest, chosen = choice.without(name), choice.slugs(name)
    return [
        Option(
            label=label,
            href=_address(rest if slug in chosen else f"{rest}&{name}={slug}"),
            count=numbers.get(slug, 0),
            current=slug in chosen,
        )
        for slug, label in values
        if slug in numbers or slug in chosen
    ]


def _meant(choice: Choice) -> tuple[str, str] | None:
    """A search that finds something, for one that did not because of a typing error."""
    better = queries.suggested(choice)
    return (better, _address(choice.asking(better))) if better else None


def _address(parts: str) -> str:
    return url_for("exchange.index") + parts.replace("&", "?", 1)


def _chosen_items(choice: Choice) -> list[tuple[str, str]]:
    """What narrows the list, with the address that leaves it out."""
    items = [(_("„%(words)s“", words=choice.q), "q", "")] if choice.q else []
    items += [(kind.label, "art", kind.slug) for kind in choice.kinds]
    items += [(theme.name, "thema", theme.slug) for theme in choice.themes]
    items += [(district.name, "stadtbezirk", district.slug) for district in choice.districts]
    if choice.partner:
        items.append((choice.partner.name, "partner", ""))
    return [(label, _address(choice.without(name, value))) for label, name, value in items]


@bp.get("/kooperationen/<slug>", endpoint="show")
@public
def show(slug: str) -> ResponseReturnValue:
    """What is over answers 410, and leads its people to the renewal."""
    offer = queries.with_slug(slug)
    shown = queries.presentation(offer, offer.live or offer.latest)
    is_own = me().is_authenticated and policies.writes_it(me(), offer)
    values = {"slug": slug, "offer": shown, "about": offer, "is_own": is_own}
    if not queries.is_public(offer):
        ended = offer.state is OfferState.ENDED
        return render_template("exchange/over.html", ended=ended, **values), 410
    return page("exchange/show.html", **values)
