"""Limits by network address; what protects an account is counted in the database instead."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from portal.core.database import SAFE_METHODS

limiter = Limiter(get_remote_address, swallow_errors=True)


@limiter.request_filter
def it_only_reads() -> bool:
    """Only acts are limited; reading is not even counted."""
    return request.method in SAFE_METHODS


def init_app(app: Flask) -> None:
    """Counts in memory, or in Redis where there is one; without Redis the portal goes on."""
    app.config["RATELIMIT_STORAGE_URI"] = app.config["REDIS_URL"] or "memory://"
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = bool(app.config["REDIS_URL"])
    limiter.init_app(app)
