"""Where media files lie: a folder, or an S3-compatible store. The calls are the same for both."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, current_app

from portal.core.errors import Hidden

if TYPE_CHECKING:
    from obstore.store import ObjectStore

PART = re.compile(r"[a-z0-9]{1,64}(\.[a-z0-9]{1,8})?")  # nothing else becomes part of a path


class MediaStore:
    """Files, by a random key and a name. `url` is "file:" or "s3://bucket/prefix?endpoint=…";
    the store's credentials come from its usual variables (AWS_ACCESS_KEY_ID and so on)."""

    def __init__(self, url: str, data_dir: Path) -> None:
        self.url = url
        self.folder = data_dir / "media"

    @cached_property
    def _store(self) -> "ObjectStore":
        # Opened at first use: its threads would not survive a server that forks its workers. The
        # library takes 5 MB that pages without pictures do not need.
        from obstore.store import LocalStore  # noqa: PLC0415

        address = urlsplit(self.url)
        if address.scheme == "s3":
            return _s3(address.netloc, address.path.strip("/"), dict(parse_qsl(address.query)))
        if self.url != "file:":
            raise ValueError(f"no such media store: {address.scheme}")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return LocalStore(self.folder, automatic_cleanup=True)

    def put(self, key: str, name: str, content: bytes) -> None:
        self._store.put(_path(key, name), content)

    def get(self, key: str, name: str) -> bytes:
        """Raises Hidden where there is no such file."""
        try:
            return bytes(self._store.get(_path(key, name)).bytes())
        except FileNotFoundError as error:
            raise Hidden(f"no media file {key}/{name}") from error

    def delete(self, key: str) -> None:
        """All files of a key; none is fine, too."""
        paths = [file["path"] for batch in self._store.list(key) for file in batch]
        for path in paths:
            self._store.delete(path)

    def files(self) -> Iterator[tuple[str, str]]:
        """All of them, as (key, name)."""
        for batch in self._store.list():
            for file in batch:
                key, _, name = file["path"].partition("/")
                yield key, name

    def keys_before(self, moment: datetime) -> Iterator[str]:
        """The keys whose files are all older than the moment."""
        newest: dict[str, datetime] = {}
        for batch in self._store.list():
            for file in batch:
                key = file["path"].partition("/")[0]
                newest[key] = max(file["last_modified"], newest.get(key, file["last_modified"]))
        return (key for key, changed in newest.items() if changed < moment)


def _path(key: str, name: str) -> str:
    if not (PART.fullmatch(key) and PART.fullmatch(name)):
        raise Hidden("no media file has such a name")
    return f"{key}/{name}"


def _s3(bucket: str, prefix: str, options: dict[str, str]) -> "ObjectStore":
    from obstore.store import S3Store  # noqa: PLC0415 - as above

    plain = options.get("endpoint", "").startswith("http://")
    settings: Any = {name: options[name] for name in ("endpoint", "region") if name in options}
    return S3Store(
        bucket,
        prefix=prefix or None,
        config=settings,
        client_options={"allow_http": plain, "timeout": "10s"},
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
    )


def init_app(app: Flask) -> None:
    app.extensions["media"] = MediaStore(app.config["MEDIA_URL"], app.config["DATA_DIR"])


def media() -> MediaStore:
    """The store of the current app."""
    store: MediaStore = current_app.extensions["media"]
    return store
