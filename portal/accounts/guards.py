"""Every view carries one guard, and the guards are the rights table: who may knock where.

The table is asked before the request's own transaction, in a short read that takes no write lock;
what a person may do with a thing is asked again inside, by the services."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import sessions
from portal.accounts.policies import is_administrator, is_office
from portal.accounts.sessions import me
from portal.core.database import SAFE_METHODS, transaction
from portal.core.errors import Denied, Hidden
from portal.core.forms import csrf

Answer = ResponseReturnValue | None
V = TypeVar("V", bound=Callable[..., Any])
CLOSED = ("/mein", "/projektbuero")  # here a visitor learns nothing, not even what exists


class Unguarded(Exception):
    """The portal refuses to start."""


class Guard:
    """A row of the rights table: the decorator hangs it on the view. `cacheable` pages look the
    same to all visitors; the others are private and never stored. Acts carry the session's token,
    but for those `without_session`: there the browser has to say that its own page asks."""

    def __init__(
        self,
        check: Callable[[], Answer],
        *,
        only_reads: bool = False,
        cacheable: bool = False,
        without_session: bool = False,
    ) -> None:
        self.check = check
        self.only_reads = only_reads
        self.cacheable = cacheable
        self.without_session = without_session

    def __call__(self, view: V) -> V:
        view.guard = self  # type: ignore[attr-defined]
        return view


def _anybody() -> Answer:
    return None


def _people() -> Answer:
    if me().is_authenticated:
        return None
    back = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
    return redirect(url_for("accounts.sign_in", weiter=back), 302)


def _the_office() -> Answer:
    answer = _people()
    if answer is None and not is_office(me(), None):
        raise Hidden("office only")
    return answer


def _comes_from_this_site() -> bool:
    """What no foreign page can make a browser say. Older browsers send the origin alone; who says
    nothing at all is refused (decisions.md, "Forms without a session")."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    base = current_app.config["BASE_URL"] or request.host_url
    mine, theirs = urlsplit(base), urlsplit(request.headers.get("Origin", ""))
    return (mine.scheme, mine.netloc) == (theirs.scheme, theirs.netloc)


def _administrators() -> Answer:
    answer = _the_office()
    if answer is None and not is_administrator(me(), None):
        raise Denied("administrators only")
    return answer


public = Guard(_anybody, only_reads=True, cacheable=True)
probe = Guard(_anybody, only_reads=True)  # for machines: never stored, never the same
live = Guard(_anybody, only_reads=True)  # changes without a public fact: never stored
open_form = Guard(_anybody, cacheable=True, without_session=True)  # for one page that both do
visitor_form = Guard(_anybody)  # log-in and sign-up: keep state, so cookie and token
by_link = Guard(_anybody)  # the view checks the link's token; GET shows, POST acts
signed_in = Guard(_people)
office_only = Guard(_the_office)
administrators_only = Guard(_administrators)


def rights_of(app: Flask) -> dict[str, Guard]:
    """The rights table. Raises Unguarded for a view without a guard or a public act."""
    table: dict[str, Guard] = {}
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "guard", None)
        if guard is None or (guard.only_reads and not (rule.methods or set()) <= SAFE_METHODS):
            raise Unguarded(f"{rule} has no guard, or one that does not suit its verbs")
        table[rule.endpoint] = guard
    return table


def _refuse_what_no_database_takes() -> None:
    """PostgreSQL stores no NUL, so nothing can be found by an address that holds one (R22)."""
    if "\x00" in request.path:
        raise Hidden("a NUL in the address")


def _refuse_what_others_sent(guard: Guard) -> None:
    if not guard.without_session:
        csrf.protect()
    elif not _comes_from_this_site():
        raise Denied("sent from another site")


def is_closed(path: str) -> bool:
    return path in CLOSED or path.startswith(tuple(f"{closed}/" for closed in CLOSED))


def init_app(app: Flask) -> None:
    sessions.init_app(app)
    csrf.init_app(app)
    rights = rights_of(app)

    @app.before_request
    def ask_the_guard() -> Answer:
        _refuse_what_no_database_takes()
        guard = rights.get(request.endpoint or "")
        g.guard = guard
        if is_closed(request.path) or (guard and guard.check is not _anybody):
            with transaction(writing=False):
                if is_closed(request.path) and (answer := _people()):
                    return answer
                if guard and (answer := guard.check()):
                    return answer
        if guard and request.method not in SAFE_METHODS:
            _refuse_what_others_sent(guard)
        return None
