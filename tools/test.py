"""`make test`: the whole suite on SQLite, and again on PostgreSQL with Redis where they are named.

Outside CI what the machine lacks is said in one line each, and its tests skip. With CI=true
nothing may be missing, and a test that no run has executed counts as a failure.
"""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from tools import machine
from tools.console import fail, say

CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
SERVERS = ("PORTAL_TEST_DATABASE_URL", "PORTAL_TEST_REDIS_URL")
REPORTS = Path("test-results")


def main(options: list[str]) -> int:
    without_servers = machine.missing_servers(SERVERS)
    missing = machine.missing_programs() + without_servers
    for line in missing:
        say(f"!!!  {line}")
    if missing and CI:
        fail("Mit CI=true darf nichts fehlen.")

    runs = {"SQLite": {name: "" for name in SERVERS}}
    if not without_servers:
        runs["PostgreSQL und Redis"] = {}
    statuses = {name: pytest(name, env, options) for name, env in runs.items()}
    for name, status in statuses.items():
        say(f"{name}: {'bestanden' if status == 0 else f'nicht bestanden (Status {status})'}")
    never = sorted(set.intersection(*(skipped(report(name)) for name in runs)))
    for test in never:
        say(f"!!!  in keinem Lauf ausgeführt: {test}")
    return 1 if any(statuses.values()) or (never and CI) else 0


def pytest(name: str, env: dict[str, str], options: list[str]) -> int:
    say(f"\n=== Tests auf {name}")
    report(name).unlink(missing_ok=True)
    # The browser's plugin empties its folder when a run starts: the reports must lie elsewhere.
    folders = [f"--junitxml={report(name)}", f"--output={REPORTS / 'browser'}"]
    command = [sys.executable, "-m", "pytest", "-n", "2", *folders, *options]
    # An empty variable would be a setting as well; the SQLite run gets none.
    merged = {**os.environ, **env}
    return subprocess.run(command, env={k: v for k, v in merged.items() if v}).returncode


def report(name: str) -> Path:
    return REPORTS / f"{name.split()[0].lower()}.xml"


def skipped(file: Path) -> set[str]:
    if not file.exists():
        return set()
    cases = ElementTree.parse(file).iter("testcase")
    return {
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if (mark := case.find("skipped")) is not None and mark.get("type") == "pytest.skip"
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
