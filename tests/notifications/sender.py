"""A postman in a process of its own: sender.py WAY [FILE]. It waits until FILE is there, if named.
Ways: work; without-guard, which claims what somebody else has claimed (the negative control); and
die-before-send and die-after-send, which end by SIGKILL."""

import os
import signal
import sys
import time
from pathlib import Path

from portal import create_app
from portal.notifications import postman
from portal.notifications.models import Letter, LetterState


def die(*_args: object, **_kwargs: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    app = create_app()
    way = sys.argv[1]
    if way == "without-guard":
        postman._is_free = lambda _moment: [Letter.state == LetterState.WAITING]
    elif way == "die-before-send":
        postman._message = die
    elif way == "die-after-send":
        postman._mark = die
    with app.app_context():
        postman._due()  # connected, before the race begins
        Path(f"{sys.argv[2]}.{os.getpid()}").touch() if len(sys.argv) > 2 else None
        while len(sys.argv) > 2 and not Path(sys.argv[2]).exists():
            time.sleep(0.01)
        postman.deliver()


main()
