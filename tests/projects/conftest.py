"""Fixtures of the projects' tests."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import OfficeRole
from portal.core.database import db
from portal.core.times import now
from portal.partners.models import AffiliationRole, Organisation
from portal.projects.models import Project
from tests.cast import a_user, affiliated
from tests.projects.making import a_draft


@pytest.fixture
def project(windwerk: Organisation, petra) -> Project:
    """Petra's draft for Windwerk eG, complete."""
    return a_draft(windwerk, petra)


@pytest.fixture
def erik(windwerk: Organisation):
    """Editor of Windwerk eG."""
    erik = a_user("erik@windwerk.example", "Erik", "Edel")
    affiliated(erik, windwerk, AffiliationRole.EDITOR)
    return erik


@pytest.fixture
def tilda(windwerk: Organisation):
    """Moderates in the Projektbüro and belonged to Windwerk eG until last month."""
    tilda = a_user("tilda@office.example", "Tilda", "Treu", office_role=OfficeRole.MODERATOR)
    affiliated(tilda, windwerk).until = now() - timedelta(days=30)
    db.session.commit()
    return tilda


@pytest.fixture
def solarhof(stefan) -> Organisation:
    """Stefan's organisation, which others name."""
    return db.session.scalars(select(Organisation).where(Organisation.slug == "solarhof")).one()


@pytest.fixture
def sara(solarhof: Organisation):
    """Member of Solarhof GmbH: she reads, and answers nothing."""
    sara = a_user("sara@solarhof.example", "Sara", "Sonne")
    affiliated(sara, solarhof)
    return sara


@pytest.fixture
def edda(solarhof: Organisation):
    """Editor of Solarhof GmbH."""
    edda = a_user("edda@solarhof.example", "Edda", "Ecke")
    affiliated(edda, solarhof, AffiliationRole.EDITOR)
    return edda
