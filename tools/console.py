"""How the tools speak on the terminal: a line per step; a failure says what to do."""

import sys
from typing import NoReturn

IS_TERMINAL = sys.stdout.isatty()


def say(text: str) -> None:
    print(text, flush=True)


def progress(text: str) -> None:
    """Overwrites itself on a terminal; in a log it would be a line each time, so not there."""
    if IS_TERMINAL:
        print(f"\r\033[K{text}", end="", flush=True)


def done(text: str) -> None:
    print(f"\r\033[K{text}" if IS_TERMINAL else text, flush=True)


def fail(text: str, *, status: int = 1) -> NoReturn:
    print(f"\nFehler: {text}", file=sys.stderr, flush=True)
    raise SystemExit(status)
