"""The demo alliance, loaded once for all tests of a file that only read it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.core.database import db
from tests.alliance import settle_alliance
from tests.conftest import empty_tables


@pytest.fixture(scope="module")
def alliance(portal: Flask) -> Iterator[Flask]:
    with portal.app_context():
        settle_alliance()
        yield portal
        db.session.rollback()
        empty_tables()
