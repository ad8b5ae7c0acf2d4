"""What stands between the web server and Flask: built files, and the one proxy in front."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from portal.core.pages import ASSETS


def init_app(app: Flask) -> None:
    """Built files carry a hash in their name, so they may be kept for ever. Where the portal is
    reached by https, exactly one proxy stands in front and tells who asks (R11)."""
    application: Callable[..., Any] = app.wsgi_app
    if ASSETS.is_dir():
        application = WhiteNoise(
            application,
            root=str(ASSETS),
            prefix="static",
            immutable_file_test=lambda path, _url: not path.endswith("manifest.json"),
            add_headers_function=_no_sniffing,
        )
    if app.config["SECURE"]:
        application = ProxyFix(application, x_for=1, x_proto=1)
    app.wsgi_app = application  # type: ignore[method-assign]


def _no_sniffing(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
