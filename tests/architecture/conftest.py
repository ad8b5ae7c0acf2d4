"""What the tables of this folder rely on."""

import pytest

from portal.projects.models import Revision


@pytest.fixture(autouse=True)
def revisions_begin_with_version_one(monkeypatch) -> None:
    """The acts of the rights table send the version 1 for whatever they are about."""
    monkeypatch.setattr(Revision, "first_version", classmethod(lambda cls: 1))
