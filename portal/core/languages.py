"""Which language a request is answered in: ?lang=, then the cookie, then what the browser asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, current_app, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from markupsafe import Markup

SOURCE = "de"  # the language that templates and code are written in
COOKIE = "lang"
LONGEST, MOST = 200, 50
YEAR = 365 * 24 * 60 * 60
NAMES = {"de": "Deutsch", "en": "English"}  # as those call it who speak it
# A day is 22 November 2026, as in the rest of Europe, and not November 22.
PLACES = {"en": "en_GB"}


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
    return _asked_by_the_browser(known) or known[0]


def _asked_by_the_browser(known: tuple[str, ...]) -> str | None:
    """The first one that is offered. Werkzeug would answer "de-DE, en;q=0.5" in English, because it
    looks for exact names first."""
    for name, quality in request.accept_languages:
        language = name.lower().partition("-")[0].partition("_")[0]
        if language in known and quality > 0:
            return language
    return None


def language() -> str:
    """The code of the language of this page; outside of a request, of this letter."""
    locale = get_locale()
    return locale.language if locale else SOURCE


@contextmanager
def speaking(language: str = SOURCE) -> Iterator[None]:
    """Says something in the language of whom it is for, whoever asks: letters, what is kept."""
    spoken = language if language in offered() else SOURCE
    with force_locale(_place(spoken)):
        yield


def same_page_in(language: str) -> str:
    """A link to this page with all that was asked of it. What no page asks for is left out: names
    and words of any length, any number of times."""
    asked = [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name != "lang" and len(name) <= LONGEST and len(value) <= LONGEST
    ]
    return "?" + urlencode([*asked[:MOST], ("lang", language)])


def language_name(language: str) -> str:
    return NAMES.get(language, language)


def as_typed() -> Markup:
    """On pages in other languages: that a text of the portal's people is German, as most are."""
    return Markup("") if language() == SOURCE else Markup(' lang="de"')


def depends_on_the_reader() -> bool:
    return len(offered()) > 1


def is_chosen_by_cookie() -> bool:
    return depends_on_the_reader() and COOKIE in request.cookies


def _place(language: str) -> str:
    return PLACES.get(language, language)


def init_app(app: Flask) -> None:
    app.config["LANGUAGES"] = _with_catalogue(app)
    Babel(
        app,
        default_locale=SOURCE,
        default_timezone="Europe/Berlin",
        locale_selector=lambda: _place(choose()),
    )
    app.jinja_env.globals.update(
        same_page_in=same_page_in, language_name=language_name, as_typed=as_typed
    )

    @app.after_request
    def remember(response: Response) -> Response:
        asked = request.args.get("lang")
        if asked and asked in offered() and len(offered()) > 1:
            secure = app.config["SECURE"]
            response.set_cookie(
                COOKIE, asked, max_age=YEAR, secure=secure, samesite="Lax", httponly=True
            )
        return response


def _with_catalogue(app: Flask) -> tuple[str, ...]:
    """A language whose texts were not compiled would be German under another name."""
    known = []
    for code in app.config["LANGUAGES"]:
        file = Path(app.root_path) / "translations" / code / "LC_MESSAGES" / "messages.mo"
        if code == SOURCE or file.is_file():
            known.append(code)
        else:
            app.logger.warning("%s is missing: run `make messages`; %r is not offered", file, code)
    return tuple(known)
