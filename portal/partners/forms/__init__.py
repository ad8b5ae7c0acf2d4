"""What people fill in around organisations: applications, cases, people."""

from portal.partners.forms.applications import (
    AmendForm,
    ConfirmForm,
    ConfirmWithPasswordForm,
    OrganisationForm,
    PersonForm,
    StepForm,
)
from portal.partners.forms.cases import AdmitForm, AnswerForm, AskForm, DeclineForm
from portal.partners.forms.competences import ClaimForm, EvidenceForm, said_in
from portal.partners.forms.imports import CarryOutForm, ImportForm
from portal.partners.forms.people import (
    AcceptForm,
    AcceptWithPasswordForm,
    DomainForm,
    GrantForm,
    InviteForm,
    JoinForm,
    LetInForm,
    ReactivateForm,
    RefuseForm,
    RoleForm,
    SuspendForm,
    VisitorsJoinForm,
)
from portal.partners.forms.profiles import ProfileForm, RenameForm, stored_in
from portal.partners.forms.taxonomy import CompetenceForm, MergeForm, last_place, worded

__all__ = [
    "AmendForm",
    "CompetenceForm",
    "MergeForm",
    "last_place",
    "worded",
    "ClaimForm",
    "EvidenceForm",
    "said_in",
    "ProfileForm",
    "RenameForm",
    "stored_in",
    "CarryOutForm",
    "ImportForm",
    "AcceptForm",
    "AcceptWithPasswordForm",
    "AdmitForm",
    "AnswerForm",
    "AskForm",
    "ConfirmForm",
    "ConfirmWithPasswordForm",
    "DeclineForm",
    "DomainForm",
    "GrantForm",
    "InviteForm",
    "JoinForm",
    "LetInForm",
    "OrganisationForm",
    "PersonForm",
    "RefuseForm",
    "RoleForm",
    "StepForm",
    "ReactivateForm",
    "SuspendForm",
    "VisitorsJoinForm",
]
