"""checked -> imported -> undone."""

from portal.core.workflows import Step, Workflow
from portal.partners.facts import ImportUndone, PartnersImported
from portal.partners.models import ImportState
from portal.partners.policies import may_import

IMPORTS = Workflow(
    Step(
        name="carry_out",
        leaves=frozenset({ImportState.CHECKED}),
        reaches=ImportState.IMPORTED,
        may=may_import,
        tells=PartnersImported,
    ),
    Step(
        name="take_back",
        leaves=frozenset({ImportState.IMPORTED}),
        reaches=ImportState.UNDONE,
        may=may_import,
        tells=ImportUndone,
    ),
)
