"""The page with the pictures and documents of a date, and what all changes there have in common."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.documents.models import Visibility
from portal.core.errors import Conflict
from portal.core.pages import page, shown_version
from portal.core.pictures.albums import NewPictureForm
from portal.events import queries
from portal.events.forms import NewDocumentForm
from portal.events.models import Event
from portal.events.office.blueprint import bp
from portal.events.services import MOST_DOCUMENTS, MOST_PICTURES

PICTURE, DOCUMENT = "bild", "dokument"  # two forms on one page
INTERNAL = {"visibility": Visibility.INTERNAL.value}


@bp.get("/<slug>/medien", endpoint="media")
@office_only
def media(slug: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    return page("events/office/media.html", **_shown(event))


def tried(
    act: Callable[[], None],
    event: Event,
    *,
    done: str,
    otherwise: Callable[[], object] = lambda: None,
    **forms: Any,
) -> ResponseReturnValue:
    """Back to the page; or 409 with what is stored now and with what was typed. `otherwise` clears
    away what was prepared."""
    try:
        act()
    except Conflict:
        otherwise()
        return render_template(
            "events/office/media.html", **_shown(event, conflict=True, **forms)
        ), 409
    except Exception:
        otherwise()
        raise
    flash(done)
    return redirect(url_for("events_office.media", slug=event.slug), 303)


def refused(event: Event, **forms: Any) -> ResponseReturnValue:
    """422: the messages stand at the fields, and the version stays the one that was shown."""
    shown = {"version": shown_version()}
    return page("events/office/media.html", **_shown(event, shown=shown, **forms))


def addresses(event: Event) -> Callable[..., str]:
    """What components/media_*.html ask for: the address of an act or of a file."""

    def at(act: str, **values: Any) -> str:
        blueprint = "events" if act in {"picture", "document"} else "events_office"
        return url_for(f"{blueprint}.{act}", slug=event.slug, **values)

    return at


def _shown(event: Event, **more: Any) -> dict[str, Any]:
    return {
        "event": event,
        "at": addresses(event),
        "shown": {"version": event.version},
        "conflict": False,
        "room": {
            "pictures": MOST_PICTURES - len(event.pictures),
            "documents": MOST_DOCUMENTS - len(event.documents),
        },
        "picture_form": NewPictureForm(formdata=None, prefix=PICTURE),
        "document_form": NewDocumentForm(formdata=None, prefix=DOCUMENT, data=INTERNAL),
        **more,
    }
