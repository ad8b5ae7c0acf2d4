"""An office in which everybody is tied to Windwerk eG."""

from datetime import timedelta

import pytest

from portal.accounts.models import OfficeRole, User
from portal.core.database import db
from portal.core.times import now
from portal.partners.models import Organisation
from portal.projects.models import Project, ReviewState
from tests.cast import a_user, affiliated
from tests.projects.making import a_draft, in_state

TIED = now() - timedelta(days=30)


def tie(user: User, organisation: Organisation) -> User:
    """Belonged to it until last month."""
    affiliated(user, organisation).until = TIED
    db.session.commit()
    return user


@pytest.fixture
def berta(app) -> User:
    """Leads the Projektbüro, too."""
    return a_user("berta@office.example", "Berta", "Büro", office_role=OfficeRole.ADMINISTRATOR)


@pytest.fixture
def office(windwerk, ada, berta, olga) -> list[User]:
    return [tie(user, windwerk) for user in (ada, berta, olga)]


@pytest.fixture
def project(windwerk, petra, office) -> Project:
    """Petra's, and it lies with the office."""
    project = a_draft(windwerk, petra)
    in_state(project, ReviewState.SUBMITTED)
    return project
