"""`make check`: every look at the code that needs no running portal; shows only what is wrong."""

import subprocess
import sys
import time
from pathlib import Path

from tools.console import done, progress, say

BIN = Path(sys.executable).parent

CHECKS: dict[str, tuple[list[str], str]] = {
    "Stil": (["ruff", "check", "."], "make format behebt das meiste"),
    "Form": (["ruff", "format", "--check", "--diff", "."], "make format behebt es"),
    "Typen": (["mypy"], "mypy --strict nennt Datei und Zeile"),
    "Importrichtungen": (["lint-imports"], "die Stockwerke stehen in pyproject.toml"),
    "Vorlagen": (["djlint", "--lint", "--quiet", "templates"], "djlint nennt Datei und Zeile"),
    "Übersetzungen": (["python", "-m", "tools.messages", "--check"], "make messages gleicht ab"),
}


def main() -> int:
    wrong = [name for name, (command, hint) in CHECKS.items() if not passes(name, command, hint)]
    if wrong:
        say(f"\nNicht in Ordnung: {', '.join(wrong)}")
    return 1 if wrong else 0


def passes(name: str, command: list[str], hint: str) -> bool:
    progress(f"  …  {name}")
    begin = time.monotonic()
    program = str(BIN / command[0])
    result = subprocess.run(
        [program, *command[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    took = f"{time.monotonic() - begin:.1f} s"
    if result.returncode == 0:
        done(f"  ✓  {name} ({took})")
        return True
    done(f"  ✗  {name} ({took}): {hint}\n{result.stdout.rstrip()}\n")
    return False


if __name__ == "__main__":
    sys.exit(main())
