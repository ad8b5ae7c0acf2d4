"""The client of the tests: each request stands alone, and posts carry the token of the session."""

from typing import Any

from flask import session as made
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from portal.core.database import db

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class PortalClient(FlaskClient):
    """Each request gets an app context of its own, so no login leaks into the next one, and the
    test leaves no transaction open around it. A post says, as browsers do, that the portal's own
    page sends it; `token=False` sends it as a foreign page would."""

    def open(self, *args: Any, token: bool = True, **kwargs: Any) -> TestResponse:
        db.session.rollback()
        with self.application.app_context():
            if token and kwargs.get("method", "GET") in UNSAFE:
                headers = dict(kwargs.pop("headers", None) or {})
                headers.setdefault("X-CSRFToken", self._token())
                headers.setdefault("Sec-Fetch-Site", "same-origin")
                kwargs["headers"] = headers
            return super().open(*args, **kwargs)

    def _token(self) -> str:
        with self.session_transaction() as session:
            known = session.get("csrf_token")
            with self.application.test_request_context():
                if known:
                    made["csrf_token"] = known
                token = generate_csrf()
                session["csrf_token"] = made["csrf_token"]
        return token
