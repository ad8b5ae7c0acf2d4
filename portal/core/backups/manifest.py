"""What an archive says of itself: where it comes from, and the hash of each of its parts."""

import json
import re
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from portal.core.errors import DomainError

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 256 * 1024 * 1024
TABLE = re.compile(r"tables/([a-z][a-z0-9_]{0,62})\.jsonl")
FILE = re.compile(r"media/([a-z0-9]{1,64})/([a-z0-9]{1,64}(?:\.[a-z0-9]{1,8})?)")
HASH = re.compile(r"[0-9a-f]{64}")


class Unusable(DomainError):
    """This archive is not restored; the reason is a sentence for the operator."""


@dataclass(frozen=True)
class Part:
    """One member of the archive. `rows` counts those of a table."""

    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`revision` is the schema's; `sequences` says how far each table has counted (PostgreSQL);
    `missing` names keys of media that rows know and the store did not have. `with_media` is False
    where only the rows were asked for."""

    format: int = FORMAT
    made_at: str
    portal: str
    engine: str
    revision: str
    with_media: bool = True
    missing: list[str] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, Part]:
        """By their names."""
        found = ((TABLE.fullmatch(name), part) for name, part in self.parts.items())
        return {match[1]: part for match, part in found if match}

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """(the part's name, the key, the file's name)"""
        found = (FILE.fullmatch(name) for name in self.parts)
        return [(match[0], match[1], match[2]) for match in found if match]

    @property
    def rows(self) -> int:
        return sum(part.rows or 0 for part in self.parts.values())

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts.values())


def written(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()


def read(content: bytes) -> Manifest:
    """Raises Unusable for what is no manifest, or one that this portal does not understand."""
    try:
        said: dict[str, Any] = json.loads(content)
        if said["format"] != FORMAT:
            raise Unusable(f"the archive has format {said['format']}; this portal reads {FORMAT}")
        parts = {name: Part(**part) for name, part in said.pop("parts").items()}
        manifest = Manifest(**said, parts=parts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unusable("the archive's list of contents cannot be read") from error
    for name, part in parts.items():
        _check(name, part)
    if not _is_text(manifest.revision, manifest.made_at, manifest.portal, manifest.engine):
        raise Unusable("the archive's list of contents cannot be read")
    return manifest


def _check(name: str, part: Part) -> None:
    if not (TABLE.fullmatch(name) or FILE.fullmatch(name)):
        raise Unusable(f"the archive holds something that is no part of a backup: {name[:80]!r}")
    numbers = [part.bytes, part.rows or 0]
    if not all(type(number) is int and number >= 0 for number in numbers) or not (
        isinstance(part.sha256, str) and HASH.fullmatch(part.sha256)
    ):
        raise Unusable(f"the archive's list of contents is wrong at {name}")


def _is_text(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def portal_version() -> str:
    project = Path(__file__).parents[3] / "pyproject.toml"
    return str(tomllib.loads(project.read_text())["project"]["version"])
