"""`make lock`: new hash-locked lists from pyproject.toml and package.json; names no registry."""

import os
import shutil
import subprocess
from pathlib import Path

from tools import packages
from tools.assets import node
from tools.console import fail, say

OWN_UV = Path(".venv-lock")
COMPILE = ["pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
COMPILE += ["--no-emit-index-url", "--no-emit-find-links", "--upgrade", "--quiet"]
COMPILE += ["--custom-compile-command", "make lock"]

# The list for tests is bound to the versions of the list for running, and contains it.
LISTS = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": ["pyproject.toml", "--group", "dev", "-c", "requirements.txt"],
    "requirements-build.txt": ["--group", "build"],
}


def main() -> None:
    uv = shutil.which("uv") or own_uv()
    for target, sources in LISTS.items():
        if subprocess.run([uv, *COMPILE, "-o", target, *sources]).returncode:
            fail(f"{target} ließ sich nicht auflösen; die Meldung steht darüber.")
        say(f"{target}: geschrieben")
    if node("npm", "update", "--package-lock-only", "--ignore-scripts", "--loglevel=error"):
        fail("package-lock.json ließ sich nicht auflösen; die Meldung steht darüber.")
    for file in (*map(Path, LISTS), Path("package-lock.json")):
        refuse_addresses(file)


def own_uv() -> str:
    """uv is needed here only; it comes from pip into a folder of its own."""
    program = OWN_UV / "bin" / "uv"
    if not program.exists():
        packages.make_venv(OWN_UV, with_pip=False)
        command = [str(packages.PYTHON), "-m", "pip", "--python", str(OWN_UV / "bin" / "python")]
        if subprocess.run([*command, "install", "--quiet", "uv"]).returncode:
            fail("uv ließ sich nicht installieren. Besteht eine Verbindung ins Netz?")
    return os.fspath(program)


def refuse_addresses(file: Path) -> None:
    text = file.read_text()
    if '"resolved"' in text or "--index" in text or "--find-links" in text or "file:" in text:
        fail(f"{file} nennt eine Paketquelle; das darf nicht ins Projekt.")


if __name__ == "__main__":
    main()
