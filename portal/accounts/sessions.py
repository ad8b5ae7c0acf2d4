"""Who is asking: Flask-Login, with a table of sessions behind it and no cookie for strangers."""

from datetime import timedelta
from typing import Any, cast

import flask_login
from flask import Flask, Request, Response, current_app, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from portal.accounts import queries, services
from portal.accounts.models import User, Visitor
from portal.core.times import now

KEY = "_user_id"  # Flask-Login's name; what lies there is the key of a session, not a user's id
SEEN_EVERY = timedelta(minutes=1)


class Sessions(SecureCookieSessionInterface):
    """For strangers, who have no cookie, nothing is signed and nothing unpacked."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) in request.cookies:
            return super().open_session(app, request)
        return self.session_class()


class Doorkeeper(flask_login.LoginManager):  # type: ignore[misc]  # Flask-Login ships no types
    """Does not touch the session of who came without a cookie: public pages stay cacheable."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.session_protection = None
        self.anonymous_user = Visitor

    def _load_user(self) -> None:
        if has_cookie():
            super()._load_user()
        else:
            self._update_request_context_with_user()

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def has_cookie() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def me() -> User:
    """The person behind this request: the user itself, typed, and not a proxy."""
    return cast(User, flask_login.current_user._get_current_object())


def key_of_this_browser() -> str:
    return str(session.get(KEY, ""))


def sign_in(user: User) -> None:
    """Opens a session for this browser. What a stranger had in the cookie is dropped first, so a
    planted cookie gains nothing."""
    session.clear()
    session[KEY] = services.open_session(user, browser=request.user_agent.string)
    session.permanent = True


def sign_out() -> None:
    services.close_session(key_of_this_browser(), by=me())
    session.clear()


def note_that_seen() -> None:
    """Called for writing requests only: a GET changes nothing."""
    found = queries.find_session(key_of_this_browser()) if has_cookie() else None
    if found and found.last_seen < now() - SEEN_EVERY:
        found.last_seen = now()


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()
    doorkeeper = Doorkeeper(app)

    @doorkeeper.user_loader  # type: ignore[untyped-decorator]
    def load(key: str) -> User | None:
        found = queries.find_session(key)
        return found.user if found else None

    @app.context_processor
    def person() -> dict[str, Any]:
        return {"me": me()}
