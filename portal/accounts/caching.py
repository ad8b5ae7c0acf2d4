"""What may be kept by whom, set in one place by the kind of guard (R18): public pages for visitors
carry an ETag and answer 304, everything else is private and never stored."""

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, g, request

from portal.accounts.guards import Answer
from portal.accounts.sessions import has_cookie
from portal.core.database import SAFE_METHODS, TransactionalFlask
from portal.core.generation import generation
from portal.core.languages import depends_on_the_reader, is_chosen_by_cookie, language
from portal.core.pages import build
from portal.core.times import today

PRIVATE = "private, no-store"
SHARED = "public, max-age=0, must-revalidate"
OWN = "private, max-age=0, must-revalidate"  # its language was chosen by a cookie


def init_app(app: TransactionalFlask) -> None:
    shape = _shape_of(app)

    def answer_from_what_the_visitor_has() -> Answer:
        if not _is_shared() or b"lang=" in request.query_string:
            return None
        told = f"{generation()}|{shape}|{build()}|{language()}|{today()}|{request.full_path}"
        g.etag = sha256(told.encode()).hexdigest()[:24]
        # Not contains_weak(): "*" would be told that a page is there which is not.
        if g.etag in request.if_none_match.as_set(include_weak=True):
            return _kept(Response(status=304))
        return None

    app.shortcuts.append(answer_from_what_the_visitor_has)

    @app.after_request
    def say_who_may_keep_it(response: Response) -> Response:
        if "Cache-Control" in response.headers:
            return response
        if response.status_code in {200, 304} and g.get("etag"):
            return _kept(response)
        response.headers["Cache-Control"] = PRIVATE
        return response


def _is_shared() -> bool:
    guard = g.get("guard")
    return bool(guard and guard.cacheable and request.method in SAFE_METHODS and not has_cookie())


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = OWN if is_chosen_by_cookie() else SHARED
    if depends_on_the_reader():
        response.vary.add("Accept-Language")
    response.set_etag(g.etag, weak=True)
    return response


def _shape_of(app: Flask) -> str:
    """Changes when a template changes, so that an update of the portal shows at once."""
    folder = Path(app.root_path) / (app.template_folder or "")
    digest = sha256()
    for file in sorted(folder.rglob("*.*")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
