"""A deadline is a moment: whatever zone the server's clock shows, it is the same microsecond."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.core.database import db
from tests.registrations.cast import an_allocation

PROCESS = """
import sys
from datetime import datetime, timedelta
from unittest.mock import patch
from portal import create_app
from portal.core.database import db, transaction
from portal.registrations.models import Allocation
from portal.registrations.services import seats

moments = []
with create_app().app_context():
    allocation = db.session.get_one(Allocation, int(sys.argv[1]))
    opens, closes = allocation.opens_at, allocation.closes_at
    db.session.rollback()
    for moment in (opens, closes):
        for microseconds in (-1, 0, 1):
            with patch.object(seats, "now", lambda: moment + timedelta(microseconds=microseconds)):
                with transaction(writing=True):
                    moments.append(seats.decide(int(sys.argv[1])) is not None)
                    db.session.rollback()
print(datetime.now().astimezone().utcoffset(), moments)
"""
OFFSETS = {"UTC": "0:00:00", "America/New_York": "-1 day", "Asia/Tokyo": "9:00:00"}


@pytest.fixture
def allocation(ada):
    """Its id; nobody here keeps the others waiting."""
    number = an_allocation(ada).id
    db.session.rollback()
    return number


@pytest.mark.parametrize("zone", OFFSETS)
def test_deadline_is_the_same_microsecond_in_every_zone(allocation, settings, database_url, zone):
    environment = os.environ | {
        "TZ": zone,
        "PGTZ": zone,
        "PORTAL_ENV": "demo",
        "PORTAL_DATA_DIR": str(settings.DATA_DIR),
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_SECRET_KEY": settings.SECRET_KEY,
        "PORTAL_BASE_URL": settings.BASE_URL,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    said = subprocess.run(
        [sys.executable, "-c", PROCESS, str(allocation)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.startswith(OFFSETS[zone])
    assert said.strip().endswith("[False, True, True, True, False, False]")
