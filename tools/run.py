"""`make run`: migrates, loads the demo, then keeps web server and worker running together.

The portal is imported once, here, and every process is forked from this one: starting takes a
second instead of four. Nothing but imports happens before the fork, so no connection is shared.
"""

import functools
import os
import sys
import time

from flask.cli import FlaskGroup
from gunicorn.app import wsgiapp

from config import IncompleteSettings
from portal import create_app
from tools import ports
from tools.console import fail, say
from tools.processes import Died, Stopped, Together

the_app = functools.cache(create_app)  # for one process; each fork makes its own
PATIENCE = 60.0  # seconds until the first answer

ACCOUNTS = """\
Demo-Zugänge, alle mit dem Passwort  Wir.Machen.Zukunft.

  leitung@demo.example      Projektbüro, Administration
  moderation@demo.example   Projektbüro, Moderation
  partner@demo.example      Partnerorganisation, verwaltet sie
  mitglied@demo.example     dieselbe Organisation, Mitglied
  team@demo.example         andere Organisation, leitet ein Expertenteam
  kommune@demo.example      Kommune der interkommunalen Runde
"""


def main() -> None:
    port = ports.chosen()
    os.environ.setdefault("PORTAL_ENV", "demo")
    os.environ.setdefault("PORTAL_BASE_URL", f"http://{ports.HOST}:{port}")
    try:
        with Together() as group:
            if not group.run("Datenbank", prepare_database):
                fail("Die Datenbank ist nicht bereit; die Meldung steht darüber.")
            group.start("Webserver", serve)
            group.start("Worker", work)
            wait_until_ready(port, group)
            say(greeting(port))
            group.watch()
    except Stopped:
        say("Beendet.")
    except Died as news:
        fail(f"{news}; damit endet auch der Rest.")


def prepare_database() -> None:
    """Brings the database up to date and fills the demo's if it is empty."""
    portal_command("db", "upgrade")
    if os.environ["PORTAL_ENV"] == "demo":
        portal_command("demo", "--if-empty")


def work() -> None:
    portal_command("worker")


def serve() -> None:
    sys.argv = ["gunicorn", "-c", "tools/gunicorn.conf.py", "portal:create_app()"]
    wsgiapp.run()


def portal_command(*words: str) -> None:
    """`flask --app portal …`, in this process."""
    try:
        FlaskGroup(create_app=the_app).main(words, prog_name="flask", standalone_mode=False)
    except IncompleteSettings as problem:
        fail(str(problem))


def wait_until_ready(port: int, group: Together) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ports.answers(port):
        group.watch(0.05)
        if time.monotonic() > deadline:
            fail(f"Der Webserver antwortet nach {PATIENCE:.0f} Sekunden noch nicht auf /healthz.")


def greeting(port: int) -> str:
    lines = [f"\nDas Portal läuft:  http://{ports.HOST}:{port}\n"]
    if os.environ["PORTAL_ENV"] == "demo":
        lines += [f"Ausgehende Mails:  http://{ports.HOST}:{port}/demo/postfach\n", ACCOUNTS]
    return "\n".join([*lines, "Beenden mit Strg-C."])


if __name__ == "__main__":
    main()
