"""Reads the files of the demo alliance; `data/` says where each fact comes from."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
Row = dict[str, Any]


@cache
def _text(name: str) -> str:
    return (DATA / f"{name}.json").read_text("utf-8")


def rows(name: str) -> list[Row]:
    """The rows of one file; "" where nothing is known, also where the file says null."""
    found: list[Row] = json.loads(_text(name))
    return [{key: "" if value is None else value for key, value in row.items()} for row in found]
