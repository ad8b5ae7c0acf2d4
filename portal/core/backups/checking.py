"""Opens an archive and looks at all of it before anything is restored from it.

Nothing is ever unpacked under a name that the archive gives: tables are read line by line, and
files go to the media store under a key and a name that were checked.
"""

import hashlib
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from portal.core.backups import manifest as contents
from portal.core.backups import schema
from portal.core.backups.manifest import Manifest, Unusable

CHUNK = 1 << 20
LONGEST_LINE = 64 * 1024 * 1024
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """An archive whose list of contents was read. `check` looks at the rest."""

    def __init__(self, members: ZipFile, size: int) -> None:
        self._members = members
        self._size = size
        self._check_members()
        if contents.MANIFEST not in members.namelist():
            raise Unusable("this is no archive of the portal: its list of contents is missing")
        if members.getinfo(contents.MANIFEST).file_size > contents.LARGEST_MANIFEST:
            raise Unusable("the archive's list of contents is too long")
        self.manifest: Manifest = contents.read(self._read(contents.MANIFEST))

    def check(self) -> None:
        """Raises Unusable at the first thing that is not as the list of contents says."""
        there, said = set(self._members.namelist()), set(self.manifest.parts)
        if missing := sorted(said - there):
            raise Unusable(f"the archive is incomplete: {missing[0]} is missing")
        if more := sorted(there - said - {contents.MANIFEST}):
            raise Unusable(f"the archive holds something that nobody listed: {more[0]!r}")
        for name, part in self.manifest.parts.items():
            if self._members.getinfo(name).file_size != part.bytes or (
                self._hash(name) != part.sha256
            ):
                raise Unusable(f"the archive is damaged: {name} is not what was written")
        if not schema.knows(self.manifest.revision):
            raise Unusable(
                f"the archive comes from a newer portal ({self.manifest.portal}, schema"
                f" {self.manifest.revision}); update this one first"
            )

    def rows(self, table: str) -> tuple[list[str], Iterator[list[Any]]]:
        """The names of the columns, and the rows."""
        lines = self._lines(f"tables/{table}.jsonl")
        columns = next(lines, None)
        if not columns or not all(isinstance(name, str) for name in columns):
            raise Unusable(f"the table {table} does not name its columns")
        return columns, self._checked(table, len(columns), lines)

    def file(self, part: str) -> bytes:
        return self._read(part)

    def _check_members(self) -> None:
        """Names that come twice, and members that together are larger than the archive, are tricks;
        what is left cannot grow by more than a thousand times."""
        infos = self._members.infolist()
        if len({info.filename for info in infos}) != len(infos):
            raise Unusable("the archive holds two things under one name")
        if sum(info.compress_size for info in infos) > self._size:
            raise Unusable("the archive claims to hold more than fits into it")
        if any(info.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for info in infos):
            raise Unusable("the archive is packed in a way that no backup uses")

    def _hash(self, name: str) -> str:
        digest = hashlib.sha256()
        with self._open(name) as member:
            while chunk := member.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def _read(self, name: str) -> bytes:
        with self._open(name) as member:
            return member.read()

    def _lines(self, name: str) -> Iterator[list[Any]]:
        with self._open(name) as member:
            while line := member.readline(LONGEST_LINE):
                row = json.loads(line)
                if not isinstance(row, list):
                    raise Unusable(f"the archive is damaged: a row of {name}")
                yield row

    def _checked(self, table: str, width: int, rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
        for row in rows:
            if len(row) != width or any(isinstance(value, list | dict) for value in row):
                raise Unusable(f"the archive is damaged: a row of {table}")
            yield row

    @contextmanager
    def _open(self, name: str) -> Iterator[io.BufferedReader]:
        try:
            with self._members.open(name) as member:
                yield io.BufferedReader(member, CHUNK)  # type: ignore[arg-type]
        except BROKEN as error:
            raise Unusable(f"the archive is damaged: {name} cannot be read") from error


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """Raises Unusable for what is no archive."""
    try:
        members = ZipFile(file)
    except BROKEN as error:
        raise Unusable("this is no archive, or it is cut short") from error
    with members:
        yield Archive(members, file.stat().st_size)
