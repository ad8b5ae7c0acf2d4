"""`flask --app portal backup` and `restore`. What they need is imported inside of them: web servers
load this file, too."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from portal.accounts import services as accounts
from portal.accounts.models import User
from portal.core import generation
from portal.core.database import db, transaction
from portal.core.errors import DomainError
from portal.core.pictures.storage import media
from portal.partners.models import Organisation

FILLED = {User.__tablename__, Organisation.__tablename__}  # rows here are somebody's work


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--without-media", is_flag=True, help="Rows only; media are kept in another way.")
@click.option("--keep", type=click.IntRange(1), help="Then delete all but the newest so many.")
@with_appcontext
def backup(folder: Path, without_media: bool, keep: int | None) -> None:
    """Write one archive with all rows and media files into DIR; the portal goes on meanwhile.

    It holds personal data and password hashes, but neither PORTAL_SECRET_KEY nor any other setting:
    keep those in another place.
    """
    from portal.core.backups import writing  # noqa: PLC0415

    begin = time.monotonic()
    with _in_words("There is no backup"):
        file, manifest = writing.back_up(
            folder, url=db.engine.url, store=media(), with_media=not without_media
        )
    old = writing.keep_only(folder, keep) if keep else []
    files = f"{len(manifest.files)} files" if manifest.with_media else "no media"
    took = f"{file.stat().st_size / 1e6:.1f} MB, {time.monotonic() - begin:.1f} s"
    click.echo(f"{file}: {manifest.rows} rows, {files} ({took})")
    for archive in old:
        click.echo(f"{archive} is deleted.")
    for key in manifest.missing:
        click.echo(f"Missing in the media store, though a row names it: {key}", err=True)


@click.command()
@click.argument("source", metavar="DIR", type=click.Path(exists=True, path_type=Path))
@click.option("--replace", is_flag=True, help="Also where there are accounts or organisations.")
@click.option("--dry-run", is_flag=True, help="Only look whether the archive is whole.")
@with_appcontext
def restore(source: Path, replace: bool, dry_run: bool) -> None:
    """Put an archive's rows and files into the place of what is there: all of it, or nothing.

    DIR is a folder, whose newest archive is taken, or one archive. End the web server and the
    worker first. An archive of either engine fits both; an older schema is brought up to date.
    Everybody has to log in again.
    """
    from portal.core.backups import checking, restoring, writing  # noqa: PLC0415

    begin = time.monotonic()
    file = writing.newest_in(source) if source.is_dir() else source
    if file is None:
        raise click.ClickException(f"There is no archive in {source}.")
    with _in_words("Nothing was restored"), checking.opened(file) as archive:
        archive.check()
        said = archive.manifest
        about = f"{said.rows} rows, {len(said.files)} files, of {said.made_at}"
        if not dry_run:
            _refuse(restoring.has_rows(db.engine.url, FILLED), replace, said.bytes)
            restoring.restore_files(archive, media())
            restoring.restore_rows(archive, url=db.engine.url, finish=_finish())
    if dry_run:
        click.echo(f"{file} is whole: {about}.")
    else:
        click.echo(f"{file} is restored: {about} ({time.monotonic() - begin:.1f} s).")
        _check()


def _finish() -> Callable[[sa.Connection], None]:
    """What changes in the restored rows before anybody sees them."""
    beyond = _last_generation()

    def finish(connection: sa.Connection) -> None:
        accounts.forget_all_sessions(connection)
        generation.leap(connection, beyond=beyond)

    return finish


def _refuse(is_filled: bool, replace: bool, size: int) -> None:
    if is_filled and not replace:
        raise click.ClickException(
            "There are accounts or organisations already, nothing was changed. --replace puts the"
            " archive into their place."
        )
    folder = current_app.config["DATA_DIR"]
    if shutil.disk_usage(folder).free < size:
        raise click.ClickException(
            f"The archive needs {size / 1e6:.0f} MB, and {folder} has less. Nothing was changed."
        )


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    """What may go wrong at a database, a disk or a store, in one line."""
    from obstore.exceptions import BaseError as StoreError  # noqa: PLC0415

    try:
        yield
    except (DomainError, OSError, SQLAlchemyError, StoreError) as error:
        told = str(error).strip().partition("\n")[0]  # drivers and stores write paragraphs
        raise click.ClickException(f"{what}: {told}") from error


def _last_generation() -> int:
    """0 where there is no table yet."""
    try:
        with transaction(writing=False):
            return generation.generation()
    except SQLAlchemyError:
        return 0


def _check() -> None:
    """The invariants, where the portal has the command for them."""
    context = click.get_current_context()
    command = current_app.cli.get_command(context, "check")
    if command:
        context.invoke(command)


COMMANDS = [backup, restore]
