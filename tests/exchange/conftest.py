"""Fixtures of the Projektbörse's tests."""

from datetime import timedelta

import pytest

from portal.accounts.models import OfficeRole, User
from portal.core.database import db
from portal.core.times import now
from portal.exchange.models import Offer
from portal.partners.models import AffiliationRole, Organisation
from portal.partners.queries import organisations_of
from tests.cast import a_user, affiliated
from tests.exchange.making import a_draft, published


@pytest.fixture
def draft(windwerk: Organisation, petra: User) -> Offer:
    """Petra's draft for Windwerk eG, complete."""
    return a_draft(windwerk, petra)


@pytest.fixture
def live(windwerk: Organisation, petra: User) -> Offer:
    """Online for 90 days from today."""
    return published(windwerk, "Windmesser zum Leihen")


@pytest.fixture
def solarhof(stefan: User) -> Organisation:
    return organisations_of(stefan)[0]


@pytest.fixture
def erik(windwerk: Organisation) -> User:
    """Editor of Windwerk eG."""
    erik = a_user("erik@windwerk.example", "Erik", "Edel")
    affiliated(erik, windwerk, AffiliationRole.EDITOR)
    return erik


@pytest.fixture
def tilda(windwerk: Organisation) -> User:
    """Moderates in the Projektbüro and belonged to Windwerk eG until last month."""
    tilda = a_user("tilda@office.example", "Tilda", "Treu", office_role=OfficeRole.MODERATOR)
    affiliated(tilda, windwerk).until = now() - timedelta(days=30)
    db.session.commit()
    return tilda
