"""docs/mails.md says who hears of which fact; here each fact is told for real and compared."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.core.database import db
from portal.core.facts import Fact, tell
from portal.events.content import whereabouts_of
from portal.notifications import labels
from portal.notifications.models import Letter
from portal.projects.facts import ParticipationFact
from tests.notifications import stage as stages
from tests.notifications.facts import told_kinds
from tests.notifications.stage import Stage

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "mails.md").read_text("utf-8")
TEMPLATES = ROOT / "templates" / "letters"
# What the document's words mean on the stage.
PEOPLE = {
    "die Person": {"petra"},
    "die Person (Beleg)": {"petra"},
    "die antragstellende Person": {"anna"},
    "die antragstellende Person (Beleg)": {"anna"},
    "die antragstellende Person (Beleg, auch unbestätigt)": {"anna"},
    "die antragstellende Person, wenn sie auf das Projektbüro wartet": {"anna"},
    "die antragstellende Person, wenn ihre Antwort fehlt": {"anna"},
    "die betroffene Person": {"paul"},
    "die betroffene Person, wenn jemand anderes sie entfernt": {"paul"},
    "die Verwaltung der Organisation, wenn die Person selbst geht": {"petra"},
    "alle im Projektbüro, die nicht gebunden sind": {"olga", "ada"},
    "Leitung und Stellvertretung des Teams": {"lara", "dora"},
    "die Leitung des Projektbüros, wenn das Team keine hat": {"ada"},
    "die anfragende Person": {"paul"},
    "die anfragende Person (Beleg, auch unbestätigt)": {"paul"},
    "die eingeladene Person (auch unbestätigt)": {"ina"},
    "wer eingeladen hat": {"petra"},
    "wer übergeben hat, und die übrige Verwaltung der Organisation": {"petra"},
    "die übrige Leitung des Projektbüros": {"ada"},
    "wer die Entscheidung vorgeschlagen hat": {"ada"},
    "die Verwaltung der Organisation": {"petra"},
    "die Leitung des Projektbüros": {"ada"},
    "alle Personen der Organisation": {"petra", "eva", "paul"},
    "die benannte Person (Beleg, auch unbestätigt)": {"nora"},
    "die benannte Person (auch unbestätigt)": {"nora"},
    "wer unterzeichnet hat, außer vor Ort (Beleg, auch unbestätigt)": {"eva"},
    "die übrige Verwaltung der Organisation": {"petra"},
    "die übrige Verwaltung der Organisation, und wer die Person benannt hat": {"petra"},
    "wer die Person benannt hat": {"petra"},
    "wer vor Ort unterzeichnet hat (auch unbestätigt)": {"gil"},
    "Verwaltung und Redaktion der Organisation": {"petra", "eva"},
    "Verwaltung und Redaktion der gefragten Organisation": {"petra", "eva"},
    "Verwaltung und Redaktion der fragenden Organisation": {"nele"},
    "Verwaltung und Redaktion der Organisation und die verfassende Person": {
        "petra",
        "eva",
        "paul",
    },
    "die angemeldete Person (Beleg, auch unbestätigt)": {"rosa"},
    "der Gast, bis die Adresse bestätigt ist (Beleg, auch unbestätigt)": {"gero"},
    "Verwaltung und Redaktion der genannten Organisation": {"nele"},
    "Verwaltung und Redaktion der Organisationen, die das Projekt tragen": {"petra", "eva"},
}
NAMED_ACTS = {"Confirmed", "Refused", "Left", "Contested", "Declined", "Taken", "Over"}
# Who does what around the people of an organisation.
PROJECTS = dict.fromkeys(
    (
        "ProjectArchived",
        "ProjectPublished",
        "ProjectRejected",
        "ProjectReopened",
        "ProjectReturned",
        "ProjectUnpublished",
        "ProjectUpdated",
    ),
    "olga",
)
DATES = ("EventPlanned", "EventChanged", "EventCancelled")
ALONE = {"ProjectGrowsOld", "ProjectLapsed"}
ACTING = {
    "SigningRightGiven": "petra",
    "SigningRightTaken": "petra",
    "PersonInvited": "petra",
    "InvitationSentAgain": "petra",
    "InvitationRevoked": "petra",
    "InvitationAccepted": "ina",
    "InvitationDeclined": "ina",
    "OwnershipOffered": "petra",
    "OwnershipHandedOver": "ina",
    "JoinRequestSent": "paul",
    "JoinRequested": "paul",
    "ProfileClaimed": "paul",
    "JoinRequestAccepted": "petra",
    "ClaimAccepted": "olga",
    "JoinRequestRefused": "petra",
    "JoinRequestWithdrawn": "paul",
    "OrganisationSuspended": "ada",
    "OrganisationRenamed": "ada",
    "ProfileChanged": "petra",
    "CompetenceAdded": "olga",
    "CompetenceArchived": "olga",
    "CompetenceChanged": "olga",
    "CompetenceDeleted": "olga",
    "CompetenceRestored": "olga",
    "CompetenceClaimed": "petra",
    "CompetenceClaimChanged": "petra",
    "CompetenceClaimRemoved": "petra",
    "CompetencesConfirmed": "petra",
    "ContactShown": "paul",
    "ContactHidden": "paul",
    "OrganisationReactivated": "ada",
}
Rows = list[list[str]]


def rows_below(heading: str) -> Rows:
    section = DOCUMENT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


WITH_MAIL = rows_below("Fakten mit E-Mail")
WITHOUT_MAIL = rows_below("Fakten ohne E-Mail")
KINDS = told_kinds()


def facts_of(kind: type[Fact], stage: Stage) -> list[Fact]:
    """The fact as its feature tells it; a request once with a lead and once without one."""
    people = stage.people
    if kind.__module__ == "portal.accounts.facts":
        by = None if kind.__name__ in {"PasswordLinkAsked", "LogInFailed"} else people["petra"]
        return [kind(by=by, about=people["petra"])]
    if kind.__name__ in {"RoleGiven", "AffiliationEnded"}:
        concerned = stage.affiliation
        movers = [people["petra"], *([people["paul"]] if kind.__name__ != "RoleGiven" else [])]
        return [kind(by=by, for_=stage.windwerk, about=concerned, note="x") for by in movers]
    if kind.__name__ in ACTING or issubclass(kind, ParticipationFact):
        return [_about_people(kind.__name__, kind, stage)]
    if kind.__module__ == "portal.partners.facts":
        if kind.__name__ == "ApplicantReminded":
            return [kind(by=None, about=one) for one in (stage.application, stage.questioned)]
        decided = kind.__name__ in {"ApplicationAdmitted", "ApplicationDeclined", "QuestionAsked"}
        by = people["olga"] if decided else people["anna"]
        for_ = stage.windwerk if decided else None
        return [kind(by=by, for_=for_, about=stage.application, note="Ein Grund")]
    own = {
        "portal.exchange.facts": exchange_facts,
        "portal.charter.facts": charter_facts,
        "portal.joint.facts": joint_facts,
        "portal.registrations.facts": registration_facts,
    }
    if kind.__module__ in own:
        return own[kind.__module__](kind, stage)
    if kind.__module__ == "portal.teams.facts":
        by = people["lara" if kind.__name__ in {"SeatGiven", "SeatRefused"} else "paul"]
        seats = [stage.request, stage.orphan]
        if by is people["lara"]:
            seats = [stage.request]
        return [kind(by=by, for_=stage.windwerk, about=seat, note="Ein Grund") for seat in seats]
    if kind.__module__ == "portal.projects.facts":
        by = people[PROJECTS.get(kind.__name__, "gesa")] if kind.__name__ not in ALONE else None
        return [kind(by=by, for_=stage.windwerk, about=stage.project, note="Ein Grund")]
    others = {"ActDenied": None} | dict.fromkeys(DATES, stage.date)
    return [kind(by=people["olga"], about=others.get(kind.__name__, stage.project))]


def _about_a_part(kind: type[Fact], stage: Stage) -> Fact:
    """The named organisation answers, its authors ask; the nightly run is nobody."""
    named = any(kind.__name__.endswith(act) for act in NAMED_ACTS)
    by = stage.people["nele" if named else "gesa"]
    return kind(
        by=None if kind.__name__ == "ParticipationExpired" else by,
        for_=stage.part.organisation if named else stage.windwerk,
        about=stage.project,
        part=stage.part,
        note="Ein Grund",
    )


def _about_people(name: str, kind: type[Fact], stage: Stage) -> Fact:
    if issubclass(kind, ParticipationFact):
        return _about_a_part(kind, stage)
    words = {"Invit": stage.invitation, "Owner": stage.invitation, "Signi": stage.affiliation}
    words |= {"Conta": stage.affiliation, "Profi": stage.windwerk, "Compe": stage.windwerk}
    words |= {"Organ": stage.windwerk, "Perso": stage.invitation}
    about = words.get(name[:5], stage.join_request)
    return kind(by=stage.people[ACTING[name]], for_=stage.windwerk, about=about, note="Ein Grund")


def charter_facts(kind: type[Fact], stage: Stage) -> list[Fact]:
    """Who acts and on what; a signature once by an own person and once checked by the office."""
    people, charter, name = stage.people, stage.charter, kind.__name__
    told = {
        "SignatureGiven": [("eva", charter.signature), ("olga", charter.on_the_day)],
        "SignatureWithdrawn": [("eva", charter.signature)],
        "SignatureRevoked": [("ada", charter.signature)],
        "SignatoryNamed": [("petra", charter.nomination)],
        "SignatoryAskedAgain": [("nora", charter.nomination)],
        "NominationTakenBack": [("petra", charter.nomination)],
        "SignatureRefused": [("nora", charter.nomination)],
        "ProvisionallySigned": [(None, charter.provisional)],
        "ProvisionalAccepted": [("olga", charter.provisional)],
        "ProvisionalDeclined": [("olga", charter.provisional)],
    }
    about = charter.occasion if name.startswith("Occasion") else charter.declaration
    return [
        kind(by=people[by] if by else None, for_=stage.windwerk, about=one, note="Ein Grund")
        for by, one in told.get(name, [("ada", about)])
    ]


def joint_facts(kind: type[Fact], stage: Stage) -> list[Fact]:
    about = stage.project if kind.__name__ == "JointDecisionTaken" else stage.joint
    return [kind(by=stage.people["olga"], about=about, note="Ein Grund")]


def registration_facts(kind: type[Fact], stage: Stage) -> list[Fact]:
    """Of somebody with an account, and of a guest who has not proved the address."""
    if kind.__name__.startswith("Allocation"):
        return [kind(by=stage.people["ada"], about=stage.registration.allocation)]
    more = {"before": whereabouts_of(stage.date)} if kind.__name__ == "RegistrationMoved" else {}
    return [
        kind(by=one.person, about=one, note="Ein Grund", **more)
        for one in (stage.registration, stage.unproved)
    ]


def exchange_facts(kind: type[Fact], stage: Stage) -> list[Fact]:
    """Windwerk eG is asked; Gesa, who left it, and Dora, who only belongs to Netzwerk AG, act, so
    that all who hear of it hear of it."""
    people, name = stage.people, kind.__name__
    if name.startswith("Inquiry"):
        answers = name == "InquiryAnswered"
        side = stage.windwerk if answers else stage.inquiry.organisation
        by = people["gesa" if answers else "dora"]
        return [kind(by=by, for_=side, about=stage.inquiry)]
    time_does = name in {"OfferReminded", "OfferExpired"}
    decided = name in {"OfferPublished", "OfferReturned", "OfferRemoved"}
    by = None if time_does else people["olga" if decided else "gesa"]
    about = stage.windwerk if name.startswith("Offers") else stage.offer
    return [kind(by=by, for_=stage.windwerk, about=about, note="Ein Grund")]


@pytest.fixture
def stage(app):
    return stages.build()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_fact_writes_the_letters_that_the_document_names(stage, name):
    expected = {
        (f"{person}@stage.example", template)
        for fact, recipients, template in WITH_MAIL
        if fact == name
        for person in PEOPLE[recipients]
    }

    for fact in facts_of(KINDS[name], stage):
        tell(fact)
    db.session.flush()

    letters = db.session.scalars(select(Letter)).all()
    assert {(letter.recipient.email, letter.kind) for letter in letters} == expected
    assert len({(x.recipient_id, x.kind, x.about, x.about_id) for x in letters}) == len(letters)


def test_document_names_every_fact_once():
    with_mail, without = {row[0] for row in WITH_MAIL}, [row[0] for row in WITHOUT_MAIL]

    assert with_mail | set(without) == set(KINDS)
    assert with_mail & set(without) == set()
    assert len(without) == len(set(without))
    assert all(reason for _fact, reason in WITHOUT_MAIL)


def test_document_templates_and_labels_are_the_same_set():
    files = {
        str(file.relative_to(TEMPLATES).with_suffix(""))
        for file in TEMPLATES.glob("*/*.txt")
        if not file.name.startswith("_")
    }

    assert {row[2] for row in WITH_MAIL} == files == set(labels.LABELS)


def test_document_says_when_it_is_tried_again():
    assert re.search(r"nach 1, 5 und 30 Minuten, nach 2 und nach 12 Stunden", DOCUMENT)
