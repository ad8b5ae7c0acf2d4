"""Collects every text that is marked for translation: `python -m tools.messages FILE`."""

import subprocess
import sys
from pathlib import Path

BABEL = Path(sys.executable).with_name("pybabel")
# Beside gettext and ngettext: the short names that the portal imports them under.
KEYWORDS = ("_l", "lazy_gettext", "lazy_ngettext")


def command(target: str) -> list[str]:
    options = ["extract", "-F", "babel.cfg", "--no-location", "--sort-output"]
    options += [f"--keyword={name}" for name in KEYWORDS]
    options += ["--project=Allianzportal", "--omit-header"]
    return [str(BABEL), *options, "-o", target, "."]


if __name__ == "__main__":
    sys.exit(subprocess.run(command(sys.argv[1])).returncode)
