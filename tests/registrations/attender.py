"""A worker's reminders in a process of their own: attender.py WAY FILE. It waits until FILE is
there. Ways: work; without-guard, which reminds though somebody has reminded (the negative control);
and die-before-commit and die-after-commit, which end by SIGKILL."""

import os
import signal
import sys
import time
from pathlib import Path

from portal import create_app
from portal.core.database import db, transaction
from portal.registrations import services, told
from portal.registrations.services import telling


def main() -> None:
    app = create_app()
    way, file = sys.argv[1:]
    if way == "without-guard":
        told.is_to_remind = lambda _allocation, _moment: True
        telling._locked = lambda allocation: allocation
        telling._mark = lambda _allocation, _column: None
    with app.app_context():
        with transaction(writing=False):
            told.soon(telling.now())  # connected, before the race begins
        Path(f"{file}.{os.getpid()}").touch()
        while not Path(file).exists():
            time.sleep(0.005)
        with transaction(writing=True):
            services.remind()
            if way == "die-before-commit":
                db.session.flush()
                os.kill(os.getpid(), signal.SIGKILL)
        if way == "die-after-commit":
            os.kill(os.getpid(), signal.SIGKILL)


main()
