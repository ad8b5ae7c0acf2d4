"""The competences that every installation starts with."""

import json
from pathlib import Path

from portal import topics
from portal.core.database import db
from portal.topics.models import Competence

FILE = Path(topics.__file__).parent / "data" / "competences.json"


def start_with_competences() -> None:
    """A migration brings them; most tests begin without."""
    rows = json.loads(FILE.read_text("utf-8"))
    db.session.add_all(Competence(**row) for row in rows)
    db.session.flush()
