"""Migrates, and fills an empty demo: two commands of the portal in one process, imported once."""

import sys

from flask.cli import FlaskGroup

from portal import create_app


def main() -> None:
    app = create_app()
    portal = FlaskGroup(create_app=lambda: app)
    portal.main(["db", "upgrade"], prog_name="flask", standalone_mode=False)
    if app.config["DEMO"]:
        portal.main(["demo", "--if-empty"], prog_name="flask", standalone_mode=False)


if __name__ == "__main__":
    sys.exit(main())
