"""Tells the worker at once that a request has written letters."""

from flask import Flask, Response, current_app

from portal.core.database import db
from portal.notifications.services import WRITTEN


def hurry_when_letters_were_written(response: Response) -> Response:
    """After the commit. What goes wrong here is no fault of the request: the sweep finds it."""
    if db.session.info.pop(WRITTEN, False) and response.status_code < 400:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        try:
            _hurry(app)
        except Exception:
            app.logger.warning("the worker could not be asked to hurry", exc_info=True)
    return response


def _hurry(app: Flask) -> None:
    # The queue's library brings the drivers of Redis and PostgreSQL along, 16 MB and a quarter of
    # a second, which a process that is only read from never needs.
    from portal.notifications.jobs import jobs_of  # noqa: PLC0415

    jobs_of(app).hurry()
