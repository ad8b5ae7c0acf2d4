"""The yardstick: a bare Flask view that returns 30 kB from memory."""

from flask import Flask

PAGE = "<!doctype html><title>30 kB</title>" + "<p>Wir. Machen. Zukunft.</p>" * 1_060


def create_app() -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def page() -> str:
        return PAGE

    @app.get("/healthz")
    def alive() -> str:
        return "ok"

    return app
