"""On the page of a case: what who is tied reads in the place of the decision."""

from typing import Any

from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.joint import policies, queries
from portal.joint.cases import case_of


@fills("office.joint")
def in_place_of_the_decision(about: Any, *, seen_by: User) -> Markup:
    """Nothing while somebody untied can decide."""
    case = case_of(about)
    if not (case.waits and policies.is_left_to_the_tied(seen_by, case)):
        return Markup()
    joint = queries.find_open(case)
    return fragment(
        "joint/_in_case.html",
        case=case,
        joint=joint,
        may_answer=joint is not None and policies.may_answer(seen_by, joint),
        may_open=joint is None and policies.may_open(seen_by, case),
    )
