"""What the office keeps to itself: its judgement of the criteria, and notes on the case."""

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict, DomainError
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.projects.facts import CaseNoteWritten, CriteriaJudged
from portal.projects.models import (
    CaseNote,
    Criterion,
    Judgement,
    Project,
    ReviewState,
    Verdict,
)
from portal.projects.policies import may_decide
from portal.projects.queries import assessment, case_notes
from portal.projects.queries.reviews import NOTES_SHOWN

Verdicts = dict[Criterion, tuple[Verdict | None, str]]


class TooManyNotes(DomainError):
    """A case has as many notes as its page shows."""


def judge(project: Project, *, by: User, verdicts: Verdicts, seen_version: int) -> None:
    """Keeps verdict and note of each criterion that differs. Raises Conflict when somebody else
    has judged meanwhile, or decided."""
    require(may_decide, by, project.latest)
    known = assessment(project)
    check_version(known, seen_version)
    if project.latest.state is not ReviewState.SUBMITTED:
        raise Conflict(f"judge: not possible in {project.latest.state}", about=project)
    changed = [
        one
        for criterion, (verdict, note) in verdicts.items()
        if (one := _judged(project, known.judgements.get(criterion), criterion, verdict, note, by))
    ]
    db.session.flush()
    if changed:
        tell(CriteriaJudged(by=by, about=changed[0]))


def _judged(
    project: Project,
    known: Judgement | None,
    criterion: Criterion,
    verdict: Verdict | None,
    note: str,
    by: User,
) -> Judgement | None:
    """The judgement as it is now, or None where nothing was to change."""
    before = (known.verdict, known.note) if known else (None, "")
    if before == (verdict, note):
        return None
    judgement = known or Judgement(project=project, criterion=criterion)
    judgement.verdict, judgement.note = verdict, note
    judgement.judged_at, judgement.judged_by_id = now(), by.id
    db.session.add(judgement)
    return judgement


def write_note(project: Project, *, by: User, text: str) -> None:
    """The second of two clicks writes nothing."""
    require(may_decide, by, project.latest)
    notes = case_notes(project)
    if notes and (notes[0].text, notes[0].written_by_id) == (text, by.id):
        return
    if len(notes) >= NOTES_SHOWN:
        raise TooManyNotes(f"more than {NOTES_SHOWN} notes", about=project)
    note = CaseNote(project=project, text=text, written_at=now(), written_by_id=by.id)
    db.session.add(note)
    db.session.flush()
    tell(CaseNoteWritten(by=by, about=note))
