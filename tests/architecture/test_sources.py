"""What the sources promise: German words are marked, nothing slips past the templates' rules."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_templates_hold_no_inline_style_or_script(file) -> None:
    source = file.read_text("utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"\bstyle=|<style|\son[a-z]+=", source)
    assert "http://" not in source.replace("http://www.w3.org", "")


def test_only_the_sanitiser_makes_markup_safe() -> None:
    """`|safe` stands only where text was rendered by core.text, on fields that end in html."""
    for file in TEMPLATES:
        for line in file.read_text("utf-8").splitlines():
            if "|safe" in line.replace(" ", ""):
                assert "html" in line or "emblem" in str(file), f"{file}: {line}"


def test_nobody_fills_models_from_forms() -> None:
    for file in (ROOT / "portal").rglob("*.py"):
        assert "populate_obj" not in file.read_text("utf-8"), file


def test_only_config_reads_the_environment() -> None:
    for file in (ROOT / "portal").rglob("*.py"):
        assert "os.environ" not in file.read_text("utf-8"), file


def test_views_load_nothing_by_id() -> None:
    rooms = [f for name in ("views", "office") for f in (ROOT / "portal").glob(f"*/{name}*")]
    for file in [f for room in rooms for f in (room.rglob("*.py") if room.is_dir() else [room])]:
        source = file.read_text("utf-8")
        assert "session.get(" not in source and "select(" not in source, file
