"""Fills the tables of themes and districts that every installation starts with."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal.core.database import db
from portal.topics.models import District, Nordwaerts, Theme

DATA = Path(__file__).parent / "data"


def add_what_is_missing() -> None:
    """Adds the themes and districts of the dataset; what is there stays as the office named it."""
    known = set(db.session.scalars(select(Theme.slug)))
    for row in _rows("themes"):
        if row["slug"] not in known:
            db.session.add(Theme(slug=row["slug"], name=row["name"], order=row["order"]))
    known = set(db.session.scalars(select(District.slug)))
    for row in _rows("districts"):
        if row["slug"] not in known:
            shape = {key: row[key] for key in ("slug", "name", "short", "order", "x", "y")}
            db.session.add(District(**shape, nordwaerts=Nordwaerts(row["nordwaerts"])))
    db.session.flush()


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return rows
