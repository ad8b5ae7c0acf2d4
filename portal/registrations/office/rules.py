"""The rules by which a date gives its places: set up, and changed."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.events import queries as events
from portal.events.models import Event, EventKind
from portal.registrations import defaults, queries, services
from portal.registrations.forms.rules import RulesForm
from portal.registrations.models import Allocation
from portal.registrations.office.blueprint import bp
from portal.registrations.services import Rules

ADDRESS = "/platzvergabe"
LIKE, USUAL = "vorher", "neu"  # ?regeln=


@bp.get(ADDRESS, endpoint="rules")
@office_only
def show(slug: str) -> ResponseReturnValue:
    """?regeln=vorher begins with the rules of the date before it of the same kind, as every
    Allianztagung does; ?regeln=neu with the usual ones."""
    event = events.with_slug(slug, seen_by=me())
    allocation = queries.find_of(event)
    if allocation:
        first = defaults.rules_of(allocation)
        form = RulesForm(event=event, allocation=allocation, first=first)
        return _page(event, allocation, form)
    known = defaults.last_of_its_kind(event)
    wanted = request.args.get("regeln") or _usually(event)
    like = known if wanted == LIKE else None
    form = RulesForm(event=event, first=_first(event, like))
    return _page(event, None, form, known=known, like=like)


@bp.post(ADDRESS, endpoint="set_rules")
@office_only
def save(slug: str) -> ResponseReturnValue:
    event = events.with_slug(slug, seen_by=me())
    allocation = queries.find_of(event)
    form = RulesForm(event=event, allocation=allocation)
    if not form.validate_on_submit():
        return _page(event, allocation, form)
    if allocation and _is_the_second_click(allocation, form.rules()):
        return redirect(url_for(".index", slug=slug), 303)
    if allocation is None:
        services.open_allocation(event, form.rules(), by=me())
        flash(_("Die Platzvergabe ist eingerichtet."))
    else:
        seen = shown_version()
        moved = services.change_allocation(allocation, form.rules(), by=me(), seen_version=seen)
        flash(_("Die Regeln sind geändert."))
        if moved:
            flash(ngettext("Eine Person rückt nach.", "%(num)s Personen rücken nach.", len(moved)))
    return redirect(url_for(".index", slug=slug), 303)


def _is_the_second_click(allocation: Allocation, rules: Rules) -> bool:
    """On setting up: that form shows no version."""
    return "version" not in request.form and defaults.rules_of(allocation) == rules


def _usually(event: Event) -> str:
    return LIKE if event.kind is EventKind.ALLIANCE_MEETING else USUAL


def _first(event: Event, like: Allocation | None) -> Rules:
    return defaults.rules_like(event, like) if like else defaults.usual_rules(event)


def _page(
    event: Event,
    allocation: Allocation | None,
    form: RulesForm,
    *,
    known: Allocation | None = None,
    like: Allocation | None = None,
) -> ResponseReturnValue:
    """`known` is the date whose rules can be taken over, `like` the one whose rules stand here."""
    return page(
        "registrations/office/rules.html",
        event=event,
        allocation=allocation,
        form=form,
        known=known,
        like=like,
        is_over=events.is_over(event),
    )
