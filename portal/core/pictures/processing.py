"""Has a picture re-encoded in a process of its own, with limits of memory and time (R12, R15)."""

import json
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from portal.core.pictures.refusals import PictureRefused, Reason

WORKER = Path(__file__).with_name("worker.py")
SECONDS = 30.0
AT_ONCE = 2  # each may take the worker's memory limit

_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Reencoded:
    """The sizes of a picture; the file names are "480.webp", "480.jpg" and so on."""

    width: int
    height: int
    widths: list[int]
    files: dict[str, bytes]


def reencode(data: bytes, *, seconds: float = SECONDS) -> Reencoded:
    """Slow, to be called outside of a transaction. Raises PictureRefused."""
    if not data:
        raise PictureRefused(Reason.EMPTY)
    if not _places.acquire(timeout=seconds):
        raise PictureRefused(Reason.BUSY)
    try:
        return _read(_run(data, seconds))
    finally:
        _places.release()


def _run(data: bytes, seconds: float) -> bytes:
    # -I: neither the environment nor the working directory decide what is imported.
    command = [sys.executable, "-I", "-B", str(WORKER)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env={})
    except subprocess.TimeoutExpired as error:
        raise PictureRefused(Reason.TOOK_TOO_LONG) from error
    if done.returncode < 0:  # its limit of processor time ended it, or a decoder crashed
        too_long = -done.returncode in {signal.SIGXCPU, signal.SIGKILL}
        raise PictureRefused(Reason.TOOK_TOO_LONG if too_long else Reason.BROKEN)
    if done.returncode > 0:  # not the picture's fault
        raise RuntimeError(f"the picture worker failed: {done.stderr.decode(errors='replace')}")
    return done.stdout


def _read(answer: bytes) -> Reencoded:
    line, _, content = answer.partition(b"\n")
    head = json.loads(line)
    if "refused" in head:
        raise PictureRefused(Reason(head["refused"]))
    files, start = {}, 0
    for name, length in head["files"]:
        files[name] = content[start : start + length]
        start += length
    return Reencoded(head["width"], head["height"], head["widths"], files)
