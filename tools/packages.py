"""The Python side: .venv from the hash-locked requirements, with plain pip."""

import compileall
import importlib.util
import re
import subprocess
import sys
from collections import deque
from pathlib import Path

from tools import machine
from tools.console import done, fail, progress, say
from tools.stamps import Stamp, fingerprint

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
# The list for tests holds everything of the list for running, in the same versions.
CONTAINS = {"requirements-dev.txt": ("requirements.txt",)}


def install(requirements: str) -> None:
    if _stamp(requirements).holds() and PYTHON.exists():
        return
    make_venv(VENV)
    pip_install(PYTHON, requirements)
    for name in (requirements, *CONTAINS.get(requirements, ())):
        _stamp(name).leave()


def compile_portal() -> None:
    """So that it starts half a second sooner, also where Python is told to keep no bytecode. Only
    what changed is compiled again."""
    compileall.compile_dir("portal", quiet=2)
    compileall.compile_file("config.py", quiet=2)


def _stamp(requirements: str) -> Stamp:
    return Stamp(VENV / "stamps" / requirements, fingerprint([Path(requirements)]))


def make_venv(folder: Path, *, with_pip: bool = True) -> None:
    if _works(folder / "bin" / "python"):
        return
    say(f"{folder}: Python-Umgebung anlegen")
    if with_pip:
        require_ensurepip()
    options = [] if with_pip else ["--without-pip"]
    command = [sys.executable, "-m", "venv", "--clear", *options, str(folder)]
    if subprocess.run(command).returncode:
        fail(f"{folder} ließ sich nicht anlegen; die Meldung steht darüber. Reicht der Platz?")


def require_ensurepip() -> None:
    """Debian and Ubuntu leave it out of python3; there root gets it, everybody else the line."""
    package = "python3-venv"
    if importlib.util.find_spec("ensurepip") is None and machine.may_install():
        machine.install([package])
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        fail(f"Diesem Python fehlt das Modul venv. Debian, Ubuntu: apt-get install {package}")


def _works(python: Path) -> bool:
    """A venv whose Python was removed or moved keeps its files and cannot start."""
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    return python.exists() and subprocess.run([python, "-c", check]).returncode == 0


def pip_install(python: Path, requirements: str) -> None:
    total = len(re.findall(r"^[a-z0-9].*==", Path(requirements).read_text(), re.MULTILINE))
    say(f"{requirements}: bis zu {total} Python-Pakete, beim ersten Mal etwa eine Minute")
    # The pip of .venv also fills environments that have none of their own.
    command: list[str] = [str(PYTHON), "-m", "pip", "--python", str(python), "install"]
    command += ["--disable-pip-version-check", "--no-input", "--require-hashes", "-r", requirements]
    last: deque[str] = deque(maxlen=12)
    seen = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            last.append(line)
            if line.startswith(("Collecting", "Requirement already", "Installing collected")):
                seen += 1
                progress(f"  {seen}/{total}  {line.strip()[:66]}")
    if pip.returncode:
        done("".join(last))
        fail("pip konnte nicht alles installieren. Besteht eine Verbindung ins Netz?")
    done(f"{requirements}: installiert")
