"""The page of one case: what is said, what was said about it, and what can be done."""

from flask import make_response
from flask.typing import ResponseReturnValue

from portal.accounts.sessions import me
from portal.core.errors import Conflict
from portal.core.pages import page
from portal.projects import policies, queries
from portal.projects.forms import CaseNoteForm, CommentForm, JudgingForm, RejectForm, ReviewForm
from portal.projects.forms.differences import Difference, changes
from portal.projects.hints import bonus, hints
from portal.projects.models import Comment, Phase, Project, ReviewState
from portal.projects.office.sheet import rows
from portal.projects.parts import PARTS
from portal.projects.text_blocks import returning_blocks
from portal.projects.workflow import WORKFLOW
from portal.topics.queries import districts

NOTE_PREFIX = "intern"
REJECT_PREFIX = "ablehnen"


def case_page(
    project: Project,
    *,
    reviewing: ReviewForm | None = None,
    changing: dict[int, CommentForm] | None = None,
    judging: JudgingForm | None = None,
    noting: CaseNoteForm | None = None,
    rejecting: RejectForm | None = None,
    late: Conflict | None = None,
) -> ResponseReturnValue:
    """A form that is given is shown as it was typed. `late` is why nothing of it was kept: the
    answer is then 409, and what was typed stands on the page."""
    revision = project.latest
    shown = queries.presentation(project, revision, internal=True)
    decides = policies.may_decide(me(), revision)
    reads = decides or policies.may_read_review(me(), revision)
    comments = queries.comments_of(project, unsent=reads)
    assessment = queries.assessment(project) if reads else queries.Assessment({})
    differing = _differing(project)
    broken = [*(changing or {}).values(), judging, noting, rejecting]
    answer = page(
        "projects/office/show.html",
        about=project,
        revision=revision,
        project=shown,
        phases=list(Phase),
        districts=districts(),
        hints=hints(revision),
        bonus=bonus(revision, queries.district_counts()),
        steps={step.name for step in WORKFLOW.open_to(me(), revision)},
        may_decide=decides,
        reads=reads,
        rows=rows(shown, comments, differing),
        differing=differing,
        rejecting=rejecting or RejectForm(formdata=None, prefix=REJECT_PREFIX),
        may_hide=_can_be_hidden_or_shown(project) and policies.may_hide(me(), project),
        unsent=sum(comment.sent_at is None for comment in comments),
        changing=changing or {},
        change_form=change_form,
        assessment=assessment,
        notes=queries.case_notes(project) if reads else [],
        blocks=returning_blocks(),
        form=reviewing or ReviewForm(formdata=None),
        judging=judging or JudgingForm.showing(assessment),
        noting=noting or CaseNoteForm(formdata=None, prefix=NOTE_PREFIX),
        parts=PARTS,
        late=late is not None,
    )
    response = make_response(answer)
    if late:
        response.status_code = late.status
    elif any(form and form.errors for form in broken):
        response.status_code = 422
    return response


def _can_be_hidden_or_shown(project: Project) -> bool:
    waits = project.latest.state is ReviewState.SUBMITTED
    return bool(project.archived_at) or (project.is_public and not waits)


def _differing(project: Project) -> list[Difference] | None:
    """What the text says otherwise than the public one; None where there is none beside it."""
    beside = project.live is not None and project.latest is not project.live
    return changes(project.live, project.latest) if beside and project.live else None


def change_form(comment: Comment) -> CommentForm:
    """For a comment that was not sent yet."""
    return CommentForm(formdata=None, data={"text": comment.text}, prefix=prefix_of(comment.id))


def prefix_of(comment_id: int) -> str:
    return f"a{comment_id}"
