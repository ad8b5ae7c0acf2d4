"""Which language a request is answered in: ?lang=, then the cookie, then what the browser asks."""

from flask import Flask, Response, current_app, has_request_context, request
from flask_babel import Babel, get_locale

COOKIE = "lang"
YEAR = 365 * 24 * 60 * 60


def offered() -> tuple[str, ...]:
    return tuple(current_app.config["LANGUAGES"])


def choose() -> str:
    """German unless another offered language is asked for."""
    known = offered()
    if not has_request_context() or len(known) == 1:
        return known[0]
    for asked in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if asked in known:
            return str(asked)
    return request.accept_languages.best_match(known) or known[0]


def language() -> str:
    """The code of the language of this page; outside of a request, of this letter."""
    locale = get_locale()
    return locale.language if locale else "de"


def init_app(app: Flask) -> None:
    Babel(app, default_locale="de", default_timezone="Europe/Berlin", locale_selector=choose)

    @app.after_request
    def remember(response: Response) -> Response:
        asked = request.args.get("lang")
        if asked and asked in offered() and len(offered()) > 1:
            secure = app.config["SECURE"]
            response.set_cookie(
                COOKIE, asked, max_age=YEAR, secure=secure, samesite="Lax", httponly=True
            )
        return response
