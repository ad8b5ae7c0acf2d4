"""Compiles portal/translations/*/LC_MESSAGES/messages.po into what the portal reads. Like all of
set-up it needs nothing but Python; the compiler is the one of .venv."""

import subprocess
from pathlib import Path

from tools.console import fail
from tools.packages import PYTHON
from tools.stamps import Stamp, fingerprint

FOLDER = Path("portal/translations")


def files() -> list[Path]:
    return sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


def compile_stale() -> None:
    found = files()
    stamp = Stamp(FOLDER / ".stamp", fingerprint(found))
    if stamp.holds() and all(file.with_suffix(".mo").exists() for file in found):
        return
    command = [str(PYTHON.with_name("pybabel")), "--quiet", "compile", "-d", str(FOLDER)]
    if subprocess.run(command).returncode:
        fail("Die Übersetzungen ließen sich nicht übernehmen; die Meldung steht darüber.")
    stamp.leave()
