"""What is no whole archive of this portal changes nothing."""

import hashlib
import json
import shutil
import struct
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from flask import Flask

from portal.core.backups import manifest as contents
from portal.core.backups.manifest import Part
from portal.core.database import db
from tests.core.backups.acting import files_of, rows_of, run

Members = dict[str, bytes]
USERS = "tables/user.jsonl"


@pytest.fixture
def refused(alliance: Flask, tmp_path: Path) -> Any:
    """Restores the file, over everything, and gives what it said; nothing may have changed."""

    def look(file: Path) -> str:
        before = rows_of(alliance), files_of(alliance)
        answer = run(alliance, "restore", str(file), "--replace")
        assert answer.exit_code == 1, answer.output
        assert isinstance(answer.exception, SystemExit), answer.exception
        assert (rows_of(alliance), files_of(alliance)) == before
        assert not list(alliance.config["DATA_DIR"].glob("*.restoring"))
        return answer.output

    return look


@pytest.fixture
def changed(archive: Path, tmp_path: Path) -> Callable[[Callable[[Members], None]], Path]:
    """A copy of the archive whose members somebody has changed."""

    def make(change: Callable[[Members], None]) -> Path:
        with ZipFile(archive) as source:
            members = {name: source.read(name) for name in source.namelist()}
        change(members)
        target = tmp_path / "portal-changed.zip"
        with ZipFile(target, "w", ZIP_DEFLATED) as copy:
            for name, content in members.items():
                copy.writestr(name, content)
        return target

    return make


def manifest_says(members: Members, **changes: Any) -> None:
    said = contents.read(members[contents.MANIFEST])
    members[contents.MANIFEST] = contents.written(replace(said, **changes))


def passes_for_whole(members: Members, name: str, content: bytes) -> None:
    """As whoever forges an archive would do it: the list of contents says the same."""
    members[name] = content
    said = contents.read(members[contents.MANIFEST])
    part = Part(len(content), hashlib.sha256(content).hexdigest(), 0)
    members[contents.MANIFEST] = contents.written(replace(said, parts=said.parts | {name: part}))


def test_untouched_copy_would_be_restored(alliance: Flask, changed) -> None:
    answer = run(alliance, "restore", str(changed(lambda members: None)), "--dry-run")

    assert answer.exit_code == 0 and "is whole" in answer.output


def test_one_bit_that_flipped_is_seen_wherever_it_is(alliance, archive, tmp_path, refused) -> None:
    good = archive.read_bytes()
    with ZipFile(archive) as members:
        infos = [members.getinfo(USERS), members.infolist()[-2], members.infolist()[-1]]
    for info in infos:
        content = bytearray(good)
        content[info.header_offset + len(info.filename) + 60] ^= 4
        file = tmp_path / "flipped.zip"
        file.write_bytes(content)

        assert "damaged" in refused(file) or info.filename == "manifest.json"


def test_part_that_somebody_wrote_anew_is_refused(changed, refused) -> None:
    """Of the same length, and the archive itself in order: only the hash tells."""

    def rewrite(members: Members) -> None:
        members[USERS] = members[USERS].replace(b"leitung@demo", b"niemand@demo")

    assert f"{USERS} is not what was written" in refused(changed(rewrite))


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_archive_that_is_cut_short_is_refused(archive, tmp_path, refused, share: float) -> None:
    good = archive.read_bytes()
    file = tmp_path / "short.zip"
    file.write_bytes(good[: int(len(good) * share)])

    assert "cut short" in refused(file)


def test_missing_part_is_named(changed, refused) -> None:
    assert f"{USERS} is missing" in refused(changed(lambda members: members.pop(USERS)))


def test_missing_list_of_contents_is_named(changed, refused) -> None:
    file = changed(lambda members: members.pop(contents.MANIFEST))

    assert "list of contents is missing" in refused(file)


@pytest.mark.parametrize(
    "said", [b"", b"[]", b"{}", b'{"format": 1}', b'{"format": 1, "parts": 3}', b"[" * 100_000]
)
def test_list_of_contents_that_is_none_is_refused(changed, refused, said: bytes) -> None:
    file = changed(lambda members: members.update({contents.MANIFEST: said}))

    assert "list of contents" in refused(file)


def test_another_format_is_refused(changed, refused) -> None:
    assert "format 2" in refused(changed(lambda members: manifest_says(members, format=2)))


def test_newer_schema_is_refused(changed, refused) -> None:
    file = changed(lambda members: manifest_says(members, revision="9999", portal="7.0"))

    assert "newer portal (7.0" in refused(file)


@pytest.mark.parametrize(
    "name",
    [
        "../../outside.txt",
        "/tmp/outside.txt",
        "media/../../outside",
        "media/abc/../../../outside",
        "tables/user.jsonl/../x",
        "media/ABC/480.webp",
        'tables/"; DROP TABLE user.jsonl',
    ],
)
def test_names_that_lead_elsewhere_are_refused(changed, refused, name: str) -> None:
    file = changed(lambda members: passes_for_whole_by_hand(members, name))

    assert "no part of a backup" in refused(file)


def passes_for_whole_by_hand(members: Members, name: str) -> None:
    said = json.loads(members[contents.MANIFEST])
    said["parts"][name] = {"bytes": 1, "sha256": hashlib.sha256(b"x").hexdigest(), "rows": None}
    members[contents.MANIFEST] = json.dumps(said).encode()
    members[name] = b"x"


def test_what_nobody_listed_is_refused(changed, refused) -> None:
    file = changed(lambda members: members.update({"media/abc/480.webp": b"x"}))

    assert "nobody listed" in refused(file)


def test_one_name_for_two_things_is_refused(changed, refused) -> None:
    file = changed(lambda members: None)
    with warnings.catch_warnings(), ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(USERS, b"[]\n")

    assert "two things under one name" in refused(file)


def test_other_ways_of_packing_are_refused(changed, refused) -> None:
    file = changed(lambda members: members.pop(USERS))
    with ZipFile(file, "a", ZIP_LZMA) as archive:
        archive.writestr(USERS, b"[]\n")

    assert "packed in a way" in refused(file)


def test_members_that_share_their_bytes_are_refused(changed, refused) -> None:
    """A small archive that unpacks to any size lets its members overlap."""
    file = changed(lambda members: members.update({"media/a/480.webp": b"\0" * 50_000_000}))
    content = bytearray(file.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 20 : entry + 24] = struct.pack("<I", len(content))

    file.write_bytes(content)

    assert "more than fits" in refused(file)


def test_what_does_not_fit_on_the_disk_is_refused(
    alliance: Flask, archive: Path, monkeypatch: pytest.MonkeyPatch, refused
) -> None:
    usage = shutil.disk_usage(alliance.config["DATA_DIR"])._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    assert "has less" in refused(archive)


@pytest.mark.parametrize(
    "rows",
    [
        b"",
        b"{}\n",
        b'["id"]\n[1]\n',
        b'["id","id"]\n',
        b"[" * 100_000,
        b"no json\n",
    ],
)
def test_rows_that_fit_no_table_are_refused(changed, refused, rows: bytes) -> None:
    told = refused(changed(lambda members: passes_for_whole(members, "tables/theme.jsonl", rows)))

    assert "Nothing was restored" in told


def test_row_that_breaks_a_rule_of_the_database_is_refused(changed, refused) -> None:
    def twice(members: Members) -> None:
        lines = members[USERS].splitlines(keepends=True)
        passes_for_whole(members, USERS, b"".join([*lines, lines[-1]]))

    assert "did not take the rows" in refused(changed(twice))


def test_row_that_points_nowhere_is_refused(changed, refused) -> None:
    def without_people(members: Members) -> None:
        head = members[USERS].splitlines(keepends=True)[0]
        passes_for_whole(members, USERS, head)

    told = refused(changed(without_people))

    assert "point at rows that are not there" in told or "foreign key" in told


def test_number_too_large_for_a_column_is_refused(changed, refused) -> None:
    def huge(members: Members) -> None:
        head, first, *more = members["tables/counter.jsonl"].splitlines(keepends=True)
        row = json.loads(first)
        row[json.loads(head).index("id")] = 10**30
        lines = [head, json.dumps(row).encode() + b"\n", *more]
        passes_for_whole(members, "tables/counter.jsonl", b"".join(lines))

    assert "did not take the rows" in refused(changed(huge))


def test_unknown_table_is_refused(changed, refused) -> None:
    file = changed(lambda members: passes_for_whole(members, "tables/foreign.jsonl", b'["id"]\n'))

    assert "does not fit its schema" in refused(file)


def test_tables_of_somebody_else_are_left_alone(install, archive: Path) -> None:
    app = install("strange")
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE of_somebody_else (id INTEGER)")

    answer = run(app, "restore", str(archive), "--replace")

    assert answer.exit_code == 1 and "of_somebody_else" in answer.output
