"""Remembers which inputs a step was done for, so that the next start skips it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *also: str) -> str:
    digest = hashlib.sha256("\0".join(also).encode())
    for path in sorted(paths):
        digest.update(f"\0{path.as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Stamp:
    """A small file that holds the fingerprint of what was last done completely."""

    def __init__(self, file: Path, value: str) -> None:
        self.file = file
        self.value = value

    def holds(self) -> bool:
        return self.file.is_file() and self.file.read_text() == self.value

    def leave(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.value)
