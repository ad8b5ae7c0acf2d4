"""Has typst set a print, in a process of its own with limits of memory and time."""

import io
import json
import subprocess
import sys
import threading
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path
from typing import Any

import segno
from flask_babel import lazy_gettext as _l

from portal.core.errors import DomainError
from portal.core.pages import ASSETS

WORKER = Path(__file__).with_name("worker.py")
TEMPLATES = Path(__file__).parents[3] / "templates" / "print"
FONTS = ASSETS / "print"
SECONDS = 45.0  # the web server gives up after 60
KEPT = 8  # prints; the largest poster has about a megabyte

# One print is made, one more waits; a third is sent away soon, so that pages keep their threads.
PATIENCE = 3.0
_place = threading.BoundedSemaphore(1)
_hall = threading.BoundedSemaphore(2)
_kept: OrderedDict[str, bytes] = OrderedDict()


class Busy(DomainError):
    """Prints are made one after the other, and each has its time."""

    status = 503

    def __init__(self, reason: str) -> None:
        words = _l(
            "Gerade werden viele Drucke gesetzt. Versuchen Sie es in einer Minute noch einmal."
        )
        super().__init__(reason, message=words)


def typeset(
    template: str,
    data: dict[str, Any],
    *,
    folder: Path = TEMPLATES,
    seconds: float = SECONDS,
) -> bytes:
    """The PDF of templates/print/<template>.typ; `_frame.typ` there says how one is written. What
    stands in `data` is text, whatever it looks like. Slow, to be called outside of a transaction;
    the last few prints are kept. Raises Busy."""
    job = {"template": str(folder / f"{template}.typ"), "fonts": [str(FONTS)], "data": data}
    asked = json.dumps(job, sort_keys=True).encode()
    name = sha256(asked).hexdigest()
    if kept := _kept.get(name):
        return kept
    if not _hall.acquire(timeout=min(PATIENCE, seconds)):
        raise Busy("others are waiting already")
    try:
        return _made(name, asked, seconds)
    finally:
        _hall.release()


def _made(name: str, asked: bytes, seconds: float) -> bytes:
    if not _place.acquire(timeout=seconds):
        raise Busy("another print takes long")
    try:
        if name not in _kept:  # somebody may have asked for the same meanwhile
            _kept[name] = _run(asked, seconds)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return _kept[name]
    finally:
        _place.release()


def _run(asked: bytes, seconds: float) -> bytes:
    # -I: neither the environment nor the working directory decide what is imported.
    command = [sys.executable, "-I", "-B", str(WORKER)]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=seconds, env={})
    except subprocess.TimeoutExpired as error:
        raise Busy("the print took too long") from error
    if done.returncode:
        raise RuntimeError(f"typst failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def qr(address: str) -> str:
    """An SVG that leads to the address; it stands a damaged corner."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return drawn.getvalue().decode()
