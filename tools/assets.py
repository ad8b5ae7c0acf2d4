"""The front-end side: locked npm packages, then static/build/; Node from the system or pip."""

import os
import shutil
import subprocess
from pathlib import Path

from tools import packages
from tools.console import fail, say
from tools.stamps import Stamp, fingerprint

MODULES = Path("node_modules")
STATIC = Path("static")
BUILD = STATIC / "build"
OWN_NODE = Path(".venv-node")
OLDEST_NODE = 20


def install(*, with_test_tools: bool) -> None:
    """Packages for tests hold those for running, so a full installation answers for both."""
    inputs = fingerprint([Path("package.json"), Path("package-lock.json"), Path(".npmrc")])
    runtime = Stamp(MODULES / ".stamp-run", inputs)
    everything = Stamp(MODULES / ".stamp-test", inputs)
    if everything.holds() or (runtime.holds() and not with_test_tools):
        return
    say("package-lock.json: Node-Pakete")
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    options += [] if with_test_tools else ["--omit=dev"]
    if node("npm", "ci", *options):
        fail("npm konnte nicht alles installieren. Besteht eine Verbindung ins Netz?")
    (everything if with_test_tools else runtime).leave()


def build() -> None:
    sources = [path for path in STATIC.rglob("*") if path.is_file() and BUILD not in path.parents]
    stamp = Stamp(BUILD / ".stamp", fingerprint([*sources, Path("package-lock.json")]))
    if stamp.holds() and (BUILD / "manifest.json").exists():
        return
    if node("node", str(STATIC / "build.mjs")):
        fail("static/build/ ließ sich nicht bauen; die Meldung steht darüber.")
    stamp.leave()


def node(*command: str) -> int:
    path = f"{_node_folder()}{os.pathsep}{os.environ['PATH']}"
    program = shutil.which(command[0], path=path) or command[0]
    return subprocess.run([program, *command[1:]], env={**os.environ, "PATH": path}).returncode


def _node_folder() -> Path:
    """Where a good enough Node lives; without one it comes from pip, beside .venv."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _major(found) >= OLDEST_NODE:
        return Path(found).parent
    requirements = "requirements-build.txt"
    stamp = Stamp(OWN_NODE / "stamp", fingerprint([Path(requirements)]))
    if not stamp.holds():
        say(f"Kein Node ab Version {OLDEST_NODE} gefunden; es kommt als Python-Paket")
        packages.make_venv(OWN_NODE, with_pip=False)
        packages.pip_install(OWN_NODE / "bin" / "python", requirements)
        stamp.leave()
    return (OWN_NODE / "bin").resolve()


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    number = answer.strip().lstrip("v").partition(".")[0]
    return int(number) if number.isdigit() else 0
