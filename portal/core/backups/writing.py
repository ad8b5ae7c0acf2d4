"""Writes an archive: under a temporary name, for nobody else to read, renamed when it is whole."""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import sqlalchemy as sa

from portal.core.backups import manifest as contents
from portal.core.backups import schema
from portal.core.backups.manifest import Manifest, Part
from portal.core.backups.snapshots import Snapshot, snapshot
from portal.core.errors import Conflict, DomainError, Hidden
from portal.core.pictures.storage import MediaStore
from portal.core.sweeping import KEYS
from portal.core.times import now

NAMES = "portal-*.zip"
LEFTOVER = 24 * 3600  # seconds after which an unfinished archive is nobody's


class Unprepared(DomainError):
    """There is no schema yet, so there is nothing to keep."""


def back_up(
    folder: Path, *, url: sa.URL, store: MediaStore, with_media: bool
) -> tuple[Path, Manifest]:
    """The new archive, and what it says of itself. Raises OSError when there is no room; then
    nothing is left behind."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear_leftovers(folder)
    moment = now()
    target = folder / f"portal-{moment:%Y%m%dT%H%M%SZ}.zip"
    with _renamed_at_the_end(target) as unfinished, ZipFile(unfinished, "w") as archive:
        manifest, keys = _rows(archive, url, moment, with_media=with_media)
        if with_media:
            manifest.missing.extend(_files(archive, manifest.parts, keys, store))
        archive.writestr(_info(contents.MANIFEST, moment), contents.written(manifest))
    return target, manifest


def newest_in(folder: Path) -> Path | None:
    """Their names sort by time."""
    return max(folder.glob(NAMES), default=None)


def keep_only(folder: Path, number: int) -> list[Path]:
    """Deletes the oldest archives of a folder, and names them."""
    old = sorted(folder.glob(NAMES))[:-number]
    for archive in old:
        archive.unlink()
    return old


@contextmanager
def _renamed_at_the_end(target: Path) -> Iterator[Path]:
    unfinished = target.with_name(f".{target.name}.part")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise Conflict(f"somebody else is writing {target.name}") from error
    try:
        yield unfinished
        _to_disk(unfinished)
        unfinished.replace(target)
        _to_disk(target.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _clear_leftovers(folder: Path) -> None:
    """Of a backup that was killed."""
    for unfinished in folder.glob(f".{NAMES}.part"):
        with suppress(FileNotFoundError):
            if time.time() - unfinished.stat().st_mtime > LEFTOVER:
                unfinished.unlink()


def _rows(
    archive: ZipFile, url: sa.URL, moment: datetime, *, with_media: bool
) -> tuple[Manifest, set[str]]:
    """Also the keys of the media that they name. The files come later: they never change, and are
    there before their rows are."""
    with snapshot(url) as source:
        revision = schema.revision_of(source.connection)
        if revision is None:
            raise Unprepared("the database has no tables yet; 'make migrate' makes them")
        manifest = Manifest(
            made_at=moment.isoformat(),
            portal=contents.portal_version(),
            engine=source.engine,
            revision=revision,
            with_media=with_media,
            sequences=source.sequences(),
        )
        for table, columns in source.columns.items():
            lines = _lines(list(columns), source.rows(table))
            part = _write(archive, f"tables/{table}.jsonl", lines, moment, packed=True)
            manifest.parts[f"tables/{table}.jsonl"] = part
        return manifest, _keys(source)


def _lines(columns: list[str], rows: Iterable[list[object]]) -> Iterator[bytes]:
    """The first line names the columns."""
    yield _line(columns)
    yield from map(_line, rows)


def _line(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _keys(source: Snapshot) -> set[str]:
    tables = {key.class_.__tablename__ for key in KEYS} & set(source.columns)
    return {row[0] for table in tables for row in source.rows(table, ["key"])}


def _files(
    archive: ZipFile, parts: dict[str, Part], keys: set[str], store: MediaStore
) -> list[str]:
    """Gives the keys without any file."""
    found = set()
    for key, name in store.files():
        if key not in keys:
            continue
        with suppress(Hidden):  # deleted this very moment
            content = store.get(key, name)
            part = f"media/{key}/{name}"
            parts[part] = _write(archive, part, [content], now(), packed=False)
            found.add(key)
    return sorted(keys - found)


def _write(
    archive: ZipFile, name: str, chunks: Iterable[bytes], moment: datetime, *, packed: bool
) -> Part:
    digest, size, number = hashlib.sha256(), 0, 0
    with archive.open(_info(name, moment, packed=packed), "w", force_zip64=True) as member:
        for number, chunk in enumerate(chunks):  # noqa: B007 - the first line is no row
            member.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Part(size, digest.hexdigest(), number if packed else None)


def _info(name: str, moment: datetime, *, packed: bool = True) -> ZipInfo:
    info = ZipInfo(name, moment.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    info.external_attr = 0o600 << 16
    return info
