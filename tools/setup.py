"""Makes this checkout ready: `python3 -m tools.setup run|test`. Skipped until an input changes."""

import sys

from tools import assets, catalogues, packages, ports
from tools.console import fail

PURPOSES = ("run", "test")


def prepare(purpose: str) -> None:
    if purpose == "run":
        ports.chosen()
    packages.install("requirements-dev.txt" if purpose == "test" else "requirements.txt")
    assets.install(with_test_tools=purpose == "test")
    assets.build()
    catalogues.compile_stale()
    packages.compile_portal()


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) == 2 else ""
    if wanted not in PURPOSES:
        fail("So geht es: python3 -m tools.setup run|test")
    try:
        prepare(wanted)
    except KeyboardInterrupt:
        fail("Abgebrochen. Derselbe Befehl macht dort weiter.", status=130)
