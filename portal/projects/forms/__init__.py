"""What authors and the office type about projects."""

from portal.projects.forms.deciding import RejectForm
from portal.projects.forms.hiding import HideForm
from portal.projects.forms.media import DocumentForm, LinksForm, NewDocumentForm
from portal.projects.forms.presenting import NewProjectForm, ProjectForm
from portal.projects.forms.reviewing import (
    AnswerForm,
    CaseNoteForm,
    CommentForm,
    JudgingForm,
    ReviewForm,
)
from portal.projects.forms.taking_part import EndForm, NoForm, PartForm, PartRoleForm

__all__ = [
    "DocumentForm",
    "LinksForm",
    "NewDocumentForm",
    "AnswerForm",
    "CaseNoteForm",
    "CommentForm",
    "EndForm",
    "HideForm",
    "JudgingForm",
    "NewProjectForm",
    "NoForm",
    "PartForm",
    "PartRoleForm",
    "ProjectForm",
    "RejectForm",
    "ReviewForm",
]
