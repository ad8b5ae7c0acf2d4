"""Several processes that live and end together, forked from one that has imported the portal."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 12.0  # seconds to end, a little more than gunicorn gives its last requests
FORK = get_context("fork")


class Stopped(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


class Died(Exception):
    """One of the processes ended by itself."""


class Together:
    """`with Together() as group:` - whoever is started in it has ended when the block is left."""

    def __init__(self) -> None:
        self._running: list[BaseProcess] = []

    def __enter__(self) -> "Together":
        for number in ENDINGS:
            signal.signal(number, _stop)
        return self

    def start(self, name: str, task: Callable[[], None]) -> BaseProcess:
        process = FORK.Process(target=_alone, args=(task,), name=name)
        process.start()
        self._running.append(process)
        return process

    def run(self, name: str, task: Callable[[], None]) -> bool:
        """Waits for a process that has an end; True if it went well."""
        process = self.start(name, task)
        process.join()
        self._running.remove(process)
        return process.exitcode == 0

    def watch(self, seconds: float | None = None) -> None:
        """Sleeps until the time is over, or raises Died as soon as somebody ended."""
        if wait([process.sentinel for process in self._running], seconds):
            for process in self._running:
                process.join(0.1)
            ended = next(one for one in self._running if one.exitcode is not None)
            raise Died(f"{ended.name} hat sich beendet (Status {ended.exitcode})")

    def __exit__(self, *_: object) -> None:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)
        for process in self._running:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for process in self._running:
            process.join(max(0.1, deadline - time.monotonic()))
        for process in self._running:
            _signal_group(process, signal.SIGKILL)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


def _alone(task: Callable[[], None]) -> None:
    """In the child: a session of its own, so Ctrl-C reaches only the parent, and that ends all."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_DFL)
    os.setsid()
    if sys.platform == "linux":  # even if the parent is killed without a chance to tidy up
        parent_death_signal = 1
        ctypes.CDLL(None).prctl(parent_death_signal, signal.SIGTERM)
    task()


def _signal_group(process: BaseProcess, number: signal.Signals) -> None:
    """Reaches grandchildren as well: a web server killed from outside leaves its workers behind."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid or 0, number)
