"""What docs/operating.md and the README tell operators to type exists."""

import re
import shlex
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.cli import FlaskGroup

from tests.architecture.test_deployment import COMPOSE, SETTINGS

ROOT = Path(__file__).parents[2]
OPERATING, README = (
    (ROOT / name).read_text("utf-8") for name in ("docs/operating.md", "README.md")
)
COMMAND = re.compile(r"flask --app portal ([^\n`#]+)")
COMMANDS = sorted({one.strip().removesuffix(" &") for one in COMMAND.findall(OPERATING + README)})


def table_of_settings() -> list[str]:
    section = OPERATING.split("## Settings")[1].split("\n## ")[0]
    return re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE)


def test_every_setting_is_explained_once_and_no_other() -> None:
    explained = table_of_settings()

    assert sorted(explained) == sorted(SETTINGS | {"PORT", "WEB_CONCURRENCY"})


def test_no_setting_is_named_that_does_not_exist() -> None:
    named = set(re.findall(r"PORTAL_[A-Z_]+", OPERATING + README))

    assert named <= SETTINGS


@pytest.mark.parametrize("line", [one for one in COMMANDS if not one.startswith("…")])
def test_every_command_exists_with_its_options(portal: Flask, line: str) -> None:
    command: click.Command = portal.cli
    context = click.Context(FlaskGroup(create_app=lambda: portal), info_name="flask")
    words = shlex.split(line)
    if words[0] == "db":  # Flask-Migrate's own
        assert words[1:] == ["upgrade"]
        return
    while isinstance(command, click.Group) and words:
        found = command.get_command(context, words[0])
        assert found, f"there is no command {words[0]}"
        command, words = found, words[1:]
    command.make_context(command.name, [_here(word) for word in words], resilient_parsing=True)
    known = {name for one in command.params for name in one.opts}
    assert {word for word in words if word.startswith("--")} <= known


def _here(word: str) -> str:
    """Folders and files of the examples need not exist on this machine."""
    return word if word.startswith("-") or "/" not in word else str(ROOT)


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"^ {4}make ([a-z]+)", OPERATING + README, re.MULTILINE))
    named |= set(re.findall(r"`make ([a-z]+)`", OPERATING + README))

    assert named and all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in named)


def test_every_service_of_compose_exists() -> None:
    started = re.findall(
        r"docker compose (?:run --rm|exec|start|stop) ([a-z]+(?: [a-z]+)?)", OPERATING
    )
    named = {name for one in started for name in one.split() if name not in {"flask", "python"}}

    assert named and named <= set(COMPOSE["services"])


def test_what_systemd_starts_is_in_the_folder_of_the_portal() -> None:
    started = re.findall(r"ExecStart=/srv/portal/(\S+)(.*)", OPERATING)

    assert len(started) == 2
    for program, arguments in started:
        assert (ROOT / program).exists()
        for file in re.findall(r"tools/\S+", arguments):
            assert (ROOT / file).exists()


@pytest.mark.parametrize("text", [OPERATING, README], ids=["operating", "readme"])
def test_every_linked_file_exists(text: str) -> None:
    linked = re.findall(r"\]\((?!http)([^)#]+)\)", text)

    assert all((ROOT / file).exists() for file in linked)
