"""The roof: the only module that knows every feature."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask
from flask_migrate import Migrate

import config as settings
from portal import cli
from portal.accounts import browsers, caching, guards, refusals
from portal.core import database, headers, languages, limits, pages, server
from portal.core.application import Portal
from portal.core.database import db

migrate = Migrate()
FEATURES = [
    "accounts",
    "topics",
    "partners",
    "teams",
    "projects",
    "events",
    "news",
    "home",
    "desk",
    "notifications",
    "history",
    "search",
    "demo",
]


def blueprints(app: Flask):  # TODO lead: explicit list once all features are there
    found = []
    for name in FEATURES:
        for room in ("models", "listeners", "slots", "views", "office"):
            if find_spec(f"portal.{name}.{room}"):
                module = import_module(f"portal.{name}.{room}")
                if name == "demo" and not app.config["DEMO"]:
                    continue
                found += list(
                    getattr(module, "BLUEPRINTS", [module.bp] if hasattr(module, "bp") else [])
                )
    return found


def create_app(config: object = None) -> Flask:
    """The application. Without a configuration it reads the environment."""
    app = Portal(__name__, template_folder="../templates", static_folder=None)
    app.config.from_object(config or settings.from_environment())
    app.config["DATA_DIR"].mkdir(parents=True, exist_ok=True, mode=0o700)
    database.init_app(app)
    migrate.init_app(app, db, directory="migrations", render_as_batch=True)
    languages.init_app(app)
    pages.init_app(app)
    app.jinja_env.filters["browser"] = browsers.browser
    headers.init_app(app)
    limits.init_app(app)
    for bp in blueprints(app):
        app.register_blueprint(bp)
    guards.init_app(app)  # after the blueprints: it refuses to start while a view has no guard
    caching.init_app(app)
    refusals.init_app(app)
    cli.init_app(app)
    server.init_app(app)
    return app
