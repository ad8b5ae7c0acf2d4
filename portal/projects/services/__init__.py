"""The verbs: draft, save, submit, take back, publish, give back. Who loads a dataset writes rows of
its own and uses `write` and `go_live`, so that nothing comes online any other way."""

from portal.projects.services.content import Content, write
from portal.projects.services.deciding import give_back, publish
from portal.projects.services.drafting import (
    ANSWER_WITHIN,
    Incomplete,
    draft,
    new_key,
    save,
    submit,
    take_back,
)
from portal.projects.services.publishing import go_live
from portal.projects.services.resting import hide_projects, show_projects

__all__ = [
    "ANSWER_WITHIN",
    "Content",
    "Incomplete",
    "draft",
    "give_back",
    "go_live",
    "hide_projects",
    "new_key",
    "publish",
    "save",
    "show_projects",
    "submit",
    "take_back",
    "write",
]
