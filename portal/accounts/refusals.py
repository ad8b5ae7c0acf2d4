"""What a refusal looks like: one page for every kind, the right status, and a line of history when
somebody tried what they may not."""

from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from portal.accounts.sessions import me
from portal.core.database import SAFE_METHODS, db, transaction
from portal.core.errors import Busy, DomainError, TooOften
from portal.core.facts import ActDenied, tell
from portal.core.text import clean_line


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, refuse)
    app.register_error_handler(Busy, ask_again)
    app.register_error_handler(HTTPException, explain)
    app.register_error_handler(Exception, apologise)


def refuse(error: DomainError) -> ResponseReturnValue:
    """The refused act is rolled back; that it was tried is written down on its own."""
    db.session.rollback()
    if error.status in {403, 404} and request.method not in SAFE_METHODS:
        _write_down(error)
    response = _page(error.status, message=error.message)
    if isinstance(error, TooOften):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _write_down(error: DomainError) -> None:
    """Who is refused is refused, also where the database is too busy to keep a line of it."""
    try:
        with transaction(writing=True):
            if me().is_authenticated:
                # Cleaned: an address may hold what no database takes (R22).
                note = clean_line(f"{request.method} {request.path}: {error}")[:500]
                tell(ActDenied(by=me(), about=None, note=note))
    except Busy as busy:
        current_app.logger.warning("busy, not written down: %s: %s", error, busy)


def ask_again(error: Busy) -> ResponseReturnValue:
    """Nothing was stored. What was typed stands on the page, to be sent once more."""
    current_app.logger.warning("busy: %s %s: %s", request.method, request.path, error)
    db.session.rollback()
    response = _page(error.status, typed=_typed() if error.writing else None)
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _typed() -> list[tuple[str, str]] | None:
    """None where it cannot be sent again like that: files, and secrets that no page repeats."""
    if request.files or any("password" in name for name in request.form):
        return None
    return list(request.form.items(multi=True))


def explain(error: HTTPException) -> ResponseReturnValue:
    """What Flask and its extensions refuse, in the portal's own words."""
    db.session.rollback()
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    response = _page(error.code)
    for name, value in error.get_headers():
        if name in {"Retry-After", "Allow"}:
            response.headers[name] = value
    return response


def apologise(error: Exception) -> ResponseReturnValue:
    """Always a fault of ours: logged with its trace, shown without it."""
    if current_app.testing:
        raise error
    current_app.logger.exception("not foreseen: %s %s", request.method, request.path)
    db.session.rollback()
    return _page(500)


def _page(status: int, *, message: object = None, typed: object = None) -> Response:
    with transaction(writing=False):
        body = render_template("errors/error.html", code=status, message=message, typed=typed)
    return make_response(body, status)
