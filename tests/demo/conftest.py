"""The demo alliance, loaded once for all tests of a file that only read it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.core.database import db, transaction
from portal.demo import services as demo
from tests.conftest import empty_tables
from tests.taxonomy import start_with_competences


@pytest.fixture(scope="module")
def alliance(portal: Flask) -> Iterator[Flask]:
    with portal.app_context():
        with transaction(writing=True):
            start_with_competences()
            demo.load()
        yield portal
        db.session.rollback()
        empty_tables()
