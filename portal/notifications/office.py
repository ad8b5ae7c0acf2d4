"""The outbox of the Projektbüro: what was sent, what waits, what failed and is tried again."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import administrators_only
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.paging import page_number, paginate
from portal.notifications import labels, queries, services
from portal.notifications.models import LetterState

bp = Blueprint("notifications_office", __name__, url_prefix="/projektbuero/postausgang")
PER_PAGE = 50
STATES = {
    "wartet": LetterState.WAITING,
    "versandt": LetterState.SENT,
    "nicht-zustellbar": LetterState.FAILED,
}


@bp.app_template_filter("letter_label")
def letter_label(kind: str) -> str:
    return labels.label_of(kind)


@bp.get("", endpoint="outbox")
@administrators_only
def outbox() -> ResponseReturnValue:
    chosen = STATES.get(request.args.get("zustand", ""))
    counts = queries.counts()
    total = counts[chosen] if chosen else sum(counts.values())
    return page(
        "notifications/outbox.html",
        listing=paginate(
            queries.in_state(chosen), page=page_number(), per_page=PER_PAGE, total=total
        ),
        states=[(slug, state, counts[state]) for slug, state in STATES.items()],
        chosen=chosen,
        total=sum(counts.values()),
    )


@bp.post("/<int(max=2147483647):letter_id>/erneut", endpoint="retry")
@administrators_only
def retry(letter_id: int) -> ResponseReturnValue:
    services.retry(queries.with_id(letter_id), by=me())
    flash(_("Die Mail ist wieder auf dem Weg."))
    return redirect(url_for(".outbox"), 303)
