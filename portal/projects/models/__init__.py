"""A project holds its address and its live revision; a revision holds content and review state."""

from portal.core.documents.models import Visibility
from portal.projects.models.autosaves import Autosave
from portal.projects.models.media import RevisionDocument, RevisionLink, RevisionPicture
from portal.projects.models.participations import (
    PUBLIC_BASIS,
    Basis,
    Participation,
    ParticipationRole,
)
from portal.projects.models.projects import Project
from portal.projects.models.reviews import (
    CaseNote,
    Comment,
    CommentState,
    Criterion,
    Judgement,
    Verdict,
)
from portal.projects.models.revisions import Revision, RevisionDistrict
from portal.projects.models.states import Phase, ReviewState

__all__ = [
    "Autosave",
    "PUBLIC_BASIS",
    "Basis",
    "CaseNote",
    "Comment",
    "CommentState",
    "Criterion",
    "Judgement",
    "Participation",
    "ParticipationRole",
    "Phase",
    "Project",
    "ReviewState",
    "Revision",
    "RevisionDistrict",
    "Verdict",
    "RevisionDocument",
    "RevisionLink",
    "RevisionPicture",
    "Visibility",
]
