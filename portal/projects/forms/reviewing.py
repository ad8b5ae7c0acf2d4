"""What the office types while it reviews, and what the authors answer."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, choice, complain, is_invisible, line, paragraphs
from portal.projects.forms.deciding import ReturnForm
from portal.projects.models import Criterion, Verdict
from portal.projects.models.reviews import CRITERION_LABELS, VERDICT_LABELS
from portal.projects.parts import PARTS
from portal.projects.queries import Assessment
from portal.projects.services import MOST, Remarks, Verdicts

COMMENT = 1000
UNSEEN = _l("Der Text besteht nur aus unsichtbaren Zeichen. Tippen Sie ihn neu.")
FORM_ID = "pruefung"  # the fields stand at the parts of the text, outside of the form's element


class ReviewForm(ReturnForm):
    """The note, and a comment for each part of the presentation. Keeping one comment, beginning
    the note with a text block and giving back all send what was typed at any part."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.on(part).render_kw = {"rows": 3, "form": FORM_ID}

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for field in self:
            if field.data and not field.errors and is_invisible(field.data):
                complain(field, UNSEEN)
        return fine and not self.errors

    def on(self, part: str) -> Any:
        """The field for a comment on the part."""
        return self[f"on_{part}"]

    @property
    def remarks(self) -> Remarks:
        return {part: text for part in PARTS if (text := self.on(part).data)}

    def complain_of_too_many(self) -> None:
        message = _(
            "Mehr als %(most)s Anmerkungen gehen nicht. Fassen Sie welche zusammen.", most=MOST
        )
        for part in self.remarks:
            complain(self.on(part), message)

    def complain_of_nothing(self) -> None:
        complain(self.note, _("Schreiben Sie einen Hinweis oder eine Anmerkung: was fehlt?"))


for part, label in PARTS.items():
    text = paragraphs(_l("Anmerkung: %(part)s", part=label), most=COMMENT, rows=3)
    setattr(ReviewForm, f"on_{part}", text)


class CommentForm(Form):
    text = paragraphs(
        _l("Anmerkung"),
        most=COMMENT,
        rows=3,
        missing=_l("Schreiben Sie, was geändert werden soll."),
    )


class AnswerForm(Form):
    answer = paragraphs(_l("Kurze Antwort"), most=500, rows=2)


class CaseNoteForm(Form):
    text = paragraphs(
        _l("Neue Notiz"),
        most=1000,
        rows=2,
        hint=_l("Nur das Projektbüro liest sie."),
        missing=_l("Schreiben Sie die Notiz."),
    )

    def complain_of_too_many(self) -> None:
        complain(self.text, _("Zu diesem Vorgang gibt es schon zu viele Notizen."))


class JudgingForm(Form):
    """Verdict and note for each criterion; no verdict means not judged yet."""

    def fields_of(self, criterion: Criterion) -> tuple[Any, Any]:
        return self[criterion.value], self[f"{criterion.value}_note"]

    @classmethod
    def showing(cls, assessment: Assessment) -> Self:
        """With what is stored."""
        data: dict[str, str] = {}
        for criterion, judgement in assessment.judgements.items():
            data[criterion.value] = judgement.verdict.value if judgement.verdict else ""
            data[f"{criterion.value}_note"] = judgement.note
        return cls(formdata=None, data=data)

    @property
    def verdicts(self) -> Verdicts:
        return {criterion: self._verdict(criterion) for criterion in Criterion}

    def _verdict(self, criterion: Criterion) -> tuple[Verdict | None, str]:
        verdict, note = self.fields_of(criterion)
        return Verdict(verdict.data) if verdict.data else None, note.data or ""


VERDICTS = [("", _l("noch nicht beurteilt")), *((v.value, VERDICT_LABELS[v]) for v in Verdict)]

for criterion, label in CRITERION_LABELS.items():
    setattr(JudgingForm, criterion.value, choice(label, VERDICTS))
    note = line(_l("Notiz: %(criterion)s", criterion=label), most=300)
    setattr(JudgingForm, f"{criterion.value}_note", note)
