"""Limits by network address; what protects an account is counted in the database instead. And how
much a request may carry, where that differs from MAX_CONTENT_LENGTH."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from portal.core.database import SAFE_METHODS

V = TypeVar("V", bound=Callable[..., Any])

limiter = Limiter(get_remote_address, swallow_errors=True)


@limiter.request_filter
def it_only_reads() -> bool:
    """Only acts are limited; reading is not even counted."""
    return request.method in SAFE_METHODS


def takes(most: int) -> Callable[[V], V]:
    """For one view: its requests may have so many bytes."""

    def mark(view: V) -> V:
        view.takes = most  # type: ignore[attr-defined]
        return view

    return mark


def _allow_what_the_view_takes() -> None:
    """Before anything reads the form."""
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "takes", None)
    if most:
        request.max_content_length = most


def init_app(app: Flask) -> None:
    """Counts in memory, or in Redis where there is one; without Redis the portal goes on."""
    app.config["RATELIMIT_STORAGE_URI"] = app.config["REDIS_URL"] or "memory://"
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = bool(app.config["REDIS_URL"])
    limiter.init_app(app)
    app.before_request(_allow_what_the_view_takes)
