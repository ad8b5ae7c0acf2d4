"""The Nu HTML checker finds no error in any page."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import missing
from tests.browser.pages import PEOPLE, walk

pytestmark = [pytest.mark.browser, pytest.mark.java]
CHECKER = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_nu_checker_finds_no_error(one_engine, live, tmp_path) -> None:
    if not shutil.which("java"):
        missing("Java")
    names = {}
    for person in PEOPLE:
        for number, (address, html) in enumerate(walk(live.client(person), person).items()):
            file = tmp_path / f"{(person or 'visitor').partition('@')[0]}-{number}.html"
            file.write_text(html, "utf-8")
            names[file.name] = address

    done = subprocess.run(
        ["java", "-jar", str(CHECKER), "--format", "json", "--errors-only", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )

    messages = json.loads(done.stderr)["messages"]
    faults = {
        (names[Path(m["url"]).name], m["message"], m.get("extract", "")[:120]) for m in messages
    }
    assert faults == set()
    assert len(names) > 30
