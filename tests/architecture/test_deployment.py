"""The image has all the files that the portal needs, and the services get all their settings."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml

from tests.notifications.servers import free_port

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
EXAMPLE = (ROOT / "compose.env.example").read_text("utf-8")
SETTINGS = set(re.findall(r"PORTAL_[A-Z_]+", (ROOT / "config.py").read_text("utf-8")))
MADE = {".venv", "static/build"}  # by the set-up, in the first stage as on this machine


@dataclass
class Copied:
    sources: list[str]
    target: str
    from_build: bool


def stages() -> list[str]:
    return re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]


def copied(stage: str) -> list[Copied]:
    found = []
    for line in re.findall(r"^COPY (.+)$", stage, re.MULTILINE):
        words = line.split()
        from_build = words[0] == "--from=build"
        *sources, target = words[1:] if from_build else words
        names = [source.removeprefix("/srv/portal/") for source in sources]
        found.append(Copied(names, target, from_build))
    return found


def test_everything_that_is_copied_exists() -> None:
    for stage in stages():
        for one in copied(stage):
            assert all((ROOT / name).exists() for name in one.sources), one


def test_first_stage_has_what_the_set_up_reads() -> None:
    there = {name for one in copied(stages()[0]) for name in one.sources}
    read = set(re.findall(r'"([\w.-]+\.(?:txt|json)|\.npmrc)"', sources_of_the_set_up()))

    assert read - {"manifest.json", "requirements-dev.txt"} <= there


def sources_of_the_set_up() -> str:
    names = ("setup", "packages", "assets", "catalogues")
    return "".join((ROOT / "tools" / f"{name}.py").read_text("utf-8") for name in names)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A folder with the files of the last stage."""
    folder = tmp_path / "srv"
    for one in copied(stages()[-1]):
        for name in one.sources:
            target = folder / (one.target.rstrip("/") if one.target != "./" else name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if name == ".venv":
                target.symlink_to((ROOT / name).resolve())
            elif (ROOT / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, target, ignore=ignored)
            else:
                shutil.copy(ROOT / name, target)
    return folder


@contextmanager
def running(command: list[str], folder: Path, env: dict[str, str]) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(command, cwd=folder, env=env)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def answer(address: str) -> str:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(address, timeout=10) as response:
                return response.read().decode()
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_portal_runs_from_the_files_of_the_image_and_writes_only_data(
    image: Path, tmp_path: Path
) -> None:
    port = free_port()
    env = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PORTAL_DATA_DIR": str(tmp_path / "data"),
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
        "PORTAL_SECRET_KEY": "only-for-tests-0123456789-abcdefghijkl",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    before = sorted(image.rglob("*"))
    command = re.findall(r"^CMD \[(.+)\]$", stages()[-1], re.MULTILINE)[-1]
    words = [word.strip().strip('"') for word in command.split('", "')]
    words = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in words]

    subprocess.run(["flask", "--app", "portal", "db", "upgrade"], cwd=image, env=env, check=True)
    with running(words, image, env):
        assert answer(f"http://127.0.0.1:{port}/healthz") == "ok\n"
        page = answer(f"http://127.0.0.1:{port}/")
        style = re.search(r'/static/portal-[^"]+\.css', page)
        assert style and answer(f"http://127.0.0.1:{port}{style[0]}")

    assert sorted(image.rglob("*")) == before


def test_nothing_that_builds_is_in_the_last_stage() -> None:
    assert not re.search(r"npm|node|gcc|apt-get|requirements", stages()[-1])
    assert "USER 10001" in stages()[-1] and "HEALTHCHECK" in stages()[-1]


def test_web_and_worker_get_every_setting_of_the_portal() -> None:
    given = set(COMPOSE["services"]["worker"]["environment"])
    in_the_image = {"PORTAL_DATA_DIR"}

    assert given - {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} == SETTINGS - in_the_image
    assert set(COMPOSE["services"]["web"]["environment"]) - given == {"WEB_CONCURRENCY"}


def test_example_names_every_variable_of_the_services() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text("utf-8")))
    needed = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "compose.yaml").read_text("utf-8")))
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE))

    assert asked == named
    assert needed == set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))


def test_services_start_in_order_and_again_after_a_fall() -> None:
    services = COMPOSE["services"]

    assert set(services) == {"web", "worker", "migrate", "backup", "database", "redis"}
    waits = services["web"]["depends_on"]
    assert waits["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["depends_on"]["database"] == {"condition": "service_healthy"}
    for name in ("web", "worker", "database", "redis"):
        assert services[name]["restart"] == "unless-stopped"
    for name in ("database", "redis"):
        assert services[name]["healthcheck"]["test"]
    assert services["web"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]


def test_images_are_pinned_by_a_tag() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    images += [s["image"] for s in COMPOSE["services"].values() if "build" not in s]

    assert all(re.search(r":\d+[\w.-]*$", image) for image in images), images
