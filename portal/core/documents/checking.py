"""Has a document looked at in a process of its own, with limits of memory and time (R12, R15)."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

from portal.core.documents.kinds import LARGEST
from portal.core.documents.refusals import DocumentRefused, Reason

WORKER = Path(__file__).with_name("worker.py")
SECONDS = 30.0
AT_ONCE = 2

_places = threading.BoundedSemaphore(AT_ONCE)


def kind_of(data: bytes, *, seconds: float = SECONDS) -> str:
    """ "pdf", "docx" and so on, by the content. Slow, to be called outside of a transaction. Raises
    DocumentRefused."""
    if not data:
        raise DocumentRefused(Reason.EMPTY)
    if len(data) > LARGEST:
        raise DocumentRefused(Reason.TOO_LARGE)
    if not _places.acquire(timeout=seconds):
        raise DocumentRefused(Reason.BUSY)
    try:
        answer = json.loads(_run(data, seconds))
    finally:
        _places.release()
    if "refused" in answer:
        raise DocumentRefused(Reason(answer["refused"]))
    return str(answer["kind"])


def _run(data: bytes, seconds: float) -> bytes:
    # -I: neither the environment nor the working directory decide what is imported.
    command = [sys.executable, "-I", "-B", str(WORKER)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env={})
    except subprocess.TimeoutExpired as error:
        raise DocumentRefused(Reason.TOOK_TOO_LONG) from error
    if done.returncode < 0:  # its limit of processor time ended it, or it crashed
        too_long = -done.returncode in {signal.SIGXCPU, signal.SIGKILL}
        raise DocumentRefused(Reason.TOOK_TOO_LONG if too_long else Reason.BROKEN)
    if done.returncode > 0:  # not the document's fault
        raise RuntimeError(f"the document worker failed: {done.stderr.decode(errors='replace')}")
    return done.stdout
