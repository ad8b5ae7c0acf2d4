"""`make run`: migrates, loads the demo, then keeps web server and worker running together."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from tools.console import fail, say

PATIENCE = 60.0  # seconds until the first answer
GRACE = 12.0  # seconds to end, a little more than gunicorn takes for its last requests

ACCOUNTS = """\
Demo-Zugänge, alle mit dem Passwort  Wir.Machen.Zukunft.

  leitung@demo.example      Projektbüro, Administration
  moderation@demo.example   Projektbüro, Moderation
  partner@demo.example      Partnerorganisation, verwaltet sie
  mitglied@demo.example     dieselbe Organisation, Mitglied
  team@demo.example         andere Organisation, leitet ein Expertenteam
  kommune@demo.example      Kommune der interkommunalen Runde
"""


Child = subprocess.Popen[bytes]
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


def stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


def main() -> int:
    port = chosen_port()
    os.environ.setdefault("PORTAL_ENV", "demo")
    os.environ.setdefault("PORTAL_BASE_URL", f"http://127.0.0.1:{port}")
    for number in ENDINGS:
        signal.signal(number, stop)
    children: dict[str, Child] = {}
    try:
        prepare()
        children["Webserver"] = start(
            "gunicorn", "-c", "tools/gunicorn.conf.py", "portal:create_app()"
        )
        children["Worker"] = start("flask", "--app", "portal", "worker")
        wait_until_ready(port, children)
        say(greeting(port))
        while True:
            complain_if_one_ended(children)
            time.sleep(0.2)
    except Stopped:
        return 0
    finally:
        end(children)


def chosen_port() -> int:
    text = os.environ.setdefault("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        fail(f"PORT={text} ist kein Port. Zum Beispiel: PORT=8001 make run")
    port = int(text)
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as problem:
            fail(
                f"Port {port} ist nicht frei ({problem.strerror}). "
                f"Nehmen Sie einen anderen, zum Beispiel: PORT={port + 1} make run"
            )
    return port


def prepare() -> None:
    """Brings the database up to date and fills an empty one, in a process that ends again."""
    if subprocess.run([sys.executable, "-m", "tools.database"]).returncode:
        fail("Die Datenbank ist nicht bereit; die Meldung steht darüber.")


def start(module: str, *arguments: str) -> Child:
    # A session of its own: Ctrl-C reaches only this process, which then ends both in order.
    return subprocess.Popen([sys.executable, "-m", module, *arguments], start_new_session=True)


def wait_until_ready(port: int, children: dict[str, Child]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not answers(port):
        complain_if_one_ended(children)
        if time.monotonic() > deadline:
            fail(f"Der Webserver antwortet nach {PATIENCE:.0f} Sekunden noch nicht auf /healthz.")
        time.sleep(0.05)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def greeting(port: int) -> str:
    lines = [f"\nDas Portal läuft:  http://127.0.0.1:{port}\n"]
    if os.environ["PORTAL_ENV"] == "demo":
        lines += [f"Ausgehende Mails:  http://127.0.0.1:{port}/demo/postfach\n", ACCOUNTS]
    return "\n".join([*lines, "Beenden mit Strg-C."])


def complain_if_one_ended(children: dict[str, Child]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            fail(f"{name} hat sich beendet (Status {child.returncode}); damit endet alles.")


def end(children: dict[str, Child]) -> None:
    """Asks all to end, waits for open requests and the job in hand, then insists."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
