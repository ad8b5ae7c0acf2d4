"""A stage with everybody who might hear of something, and the things that facts are about."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.accounts.models import OfficeRole, User
from portal.charter.models import (
    Declaration,
    DeclarationState,
    Nomination,
    Occasion,
    ProvisionalSignature,
    Signature,
)
from portal.charter.models import Way as SignedWay
from portal.core.database import db
from portal.core.search.analysis import fold
from portal.core.times import now
from portal.events.models import Event, EventKind
from portal.exchange.models import Inquiry, Offer, OfferKind, OfferReview, OfferRevision
from portal.joint.models import JointDecision
from portal.partners.models import (
    Affiliation,
    AffiliationRole,
    Application,
    ApplicationState,
    Invitation,
    JoinRequest,
    Organisation,
    OrganisationKind,
    RequestState,
)
from portal.projects.models import Basis, Participation, Project, ReviewState, Revision
from portal.registrations.models import Allocation, Registration, RegistrationState, Way
from portal.teams.models import Joining, Seat, SeatRole, SeatState, Team
from tests.cast import a_user, affiliated, an_organisation, saved, theme


@dataclass
class Stage:
    people: dict[str, User]
    windwerk: Organisation
    application: Application
    questioned: Application
    affiliation: Affiliation  # Paul's in Windwerk eG
    invitation: Invitation  # of Ina, by Petra
    join_request: JoinRequest  # Paul's
    project: Project
    part: Participation  # of Netzwerk AG in it
    request: Seat  # in a team with a lead and a deputy
    orphan: Seat  # in a team with neither
    charter: "Charter"
    offer: Offer
    inquiry: Inquiry  # of Netzwerk AG to Windwerk eG
    joint: JointDecision  # proposed by Ada
    date: Event  # nobody registers for it
    registration: Registration  # Rosa's, with a place
    unproved: Registration  # Gero's, a guest


@dataclass
class Charter:
    """Eva signed for Windwerk eG; Petra named Nora, who has no account; Gil signed on the day."""

    declaration: Declaration
    signature: Signature
    on_the_day: Signature
    nomination: Nomination
    occasion: Occasion
    provisional: ProvisionalSignature


def build() -> Stage:
    """Petra owns Windwerk eG, Eva edits for it, Paul is a member and wrote the project. Lara leads
    the team Energie, Dora is its deputy, both for Netzwerk AG; Nele edits for it. Anna applies for
    Neuland GmbH. Olga moderates, Ada leads the office, Tom moderates but is tied to Windwerk eG and
    Neuland GmbH. Gesa left, Lutz is locked, Ute has not confirmed her address: they own Windwerk
    eG, too, and are in the office. Petra invited Ina, who has no account yet. Rosa has a place at a
    date; Gero, a guest, has not proved his address."""
    windwerk = an_organisation("windwerk", "Windwerk eG")
    netzwerk = an_organisation("netzwerk", "Netzwerk AG")
    neuland = an_organisation("neuland", "Neuland GmbH", member=False)
    moderator, administrator = OfficeRole.MODERATOR, OfficeRole.ADMINISTRATOR
    people = {
        name: a_user(f"{name}@stage.example", name.title(), "Probe", **more)
        for name, more in {
            "petra": {},
            "eva": {},
            "paul": {},
            "lara": {},
            "dora": {},
            "anna": {},
            "olga": {"office_role": moderator},
            "ada": {"office_role": administrator},
            "tom": {"office_role": moderator},
            "gesa": {},
            "lutz": {"locked_at": now(), "office_role": administrator},
            "ute": {"confirmed_at": None, "office_role": administrator},
            "ina": {"confirmed_at": None},
            "nora": {"confirmed_at": None},
            "gil": {"confirmed_at": None},
            "nele": {},
            "rosa": {},
            "gero": {"confirmed_at": None},
        }.items()
    }
    owner, editor = AffiliationRole.OWNER, AffiliationRole.EDITOR
    affiliated(people["petra"], windwerk, owner)
    affiliated(people["petra"], windwerk, editor)  # two roles, and still one mail
    affiliated(people["eva"], windwerk, editor)
    pauls = affiliated(people["paul"], windwerk)
    for name in ("lutz", "ute"):
        affiliated(people[name], windwerk, owner)
    for organisation in (windwerk, neuland):
        affiliated(people["tom"], organisation).until = now() - timedelta(days=300)
    affiliated(people["gesa"], windwerk, owner).until = now()
    affiliated(people["lara"], netzwerk)
    affiliated(people["dora"], netzwerk)
    affiliated(people["nele"], netzwerk, editor)
    project = a_project(people["paul"], windwerk)
    allocation = an_allocation()
    energie, sicherheit = (a_team(slug) for slug in ("energie", "sicherheit"))
    for name, role in {
        "lara": SeatRole.LEAD,
        "dora": SeatRole.DEPUTY,
        "eva": SeatRole.MEMBER,
        "lutz": SeatRole.LEAD,
    }.items():
        a_seat(people[name], netzwerk, energie, role=role)
    stage = Stage(
        people=people,
        windwerk=windwerk,
        application=an_application(people["anna"]),
        questioned=an_application(people["anna"], state=ApplicationState.QUESTION),
        affiliation=pauls,
        invitation=saved(
            Invitation(
                organisation=windwerk,
                person=people["ina"],
                role=AffiliationRole.MEMBER,
                invited_by=people["petra"],
                sent_at=now(),
            )
        ),
        join_request=saved(
            JoinRequest(
                organisation=windwerk,
                person=people["paul"],
                state=RequestState.ASKED,
                sent_at=now(),
                asked_at=now(),
            )
        ),
        project=project,
        part=saved(
            Participation(
                project=project,
                organisation=netzwerk,
                basis=Basis.PENDING,
                asked_at=now(),
                expires_at=now() + timedelta(days=30),
            )
        ),
        request=a_seat(people["paul"], windwerk, energie, state=SeatState.REQUESTED),
        orphan=a_seat(people["paul"], windwerk, sicherheit, state=SeatState.REQUESTED),
        charter=a_charter(people, windwerk, netzwerk),
        offer=(offer := an_offer(people["paul"], windwerk)),
        inquiry=saved(
            Inquiry(
                key="inquiry00001",
                offer=offer,
                organisation=netzwerk,
                title="Windmesser",
                begun_at=now(),
                changed_at=now(),
            )
        ),
        joint=saved(
            JointDecision(
                kind="projekte",
                key=project.key,
                about="project",
                about_id=project.id,
                case_version=project.latest.version,
                title="Windpark",
                act="publish",
                disclosure="Mitglied.",
                opened_by=people["ada"],
                opened_at=now(),
            )
        ),
        date=a_date("sommerfest"),
        registration=a_registration(allocation, people["rosa"], Way.PORTAL),
        unproved=a_registration(allocation, people["gero"], Way.GUEST),
    )
    db.session.commit()
    return stage


def a_date(slug: str) -> Event:
    start = now() + timedelta(days=30)
    return saved(
        Event(
            slug=slug,
            uid=f"{slug}@portal.test",
            title=slug.title(),
            kind=EventKind.ALLIANCE_MEETING,
            starts_at=start,
            ends_at=start + timedelta(hours=3),
            venue="Rathaus",
            cancel_reason="Der Sturm.",
            documentation="Folien",
            created_at=now(),
            changed_at=now(),
        )
    )


def an_allocation() -> Allocation:
    event = a_date("tagung")
    start = event.starts_at
    return saved(
        Allocation(
            event=event,
            capacity=9,
            taken=2,
            numbers=2,
            opens_at=now() - timedelta(days=1),
            closes_at=start,
            cancel_until=start,
            offers_from=start,
            moves_up_until=start,
            created_at=now(),
            changed_at=now(),
        )
    )


def a_registration(allocation: Allocation, person: User, way: Way) -> Registration:
    return saved(
        Registration(
            allocation=allocation,
            number=1 if way is Way.PORTAL else 2,
            state=RegistrationState.CONFIRMED,
            person=person,
            first_name=person.first_name,
            last_name=person.last_name,
            way=way,
            code=f"R{person.id:0>15}",
            received_at=now(),
            entered_at=now(),
            proved_at=now() if way is Way.PORTAL else None,
            seated_at=now(),
            offered_until=now() + timedelta(days=1),
        )
    )


def a_charter(people: dict[str, User], windwerk: Organisation, netzwerk: Organisation) -> Charter:
    declaration = saved(
        Declaration(
            number=1,
            state=DeclarationState.PUBLISHED,
            title="Erklärung",
            text="x",
            text_html="<p>x</p>",
            created_at=now(),
            changed_at=now(),
            published_at=now(),
        )
    )
    occasion = saved(
        Occasion(
            code="b2345",
            title="Tagung",
            day=date(2026, 11, 20),
            declaration=declaration,
            created_at=now(),
        )
    )
    on_the_day = a_signature(declaration, windwerk, people["gil"], SignedWay.ON_THE_DAY)
    return Charter(
        declaration=declaration,
        signature=a_signature(declaration, netzwerk, people["eva"], SignedWay.PORTAL),
        on_the_day=on_the_day,
        nomination=saved(
            Nomination(
                declaration=declaration,
                organisation=windwerk,
                person=people["nora"],
                first_name="Nora",
                last_name="Probe",
                function="Vorstand",
                named_by=people["petra"],
                named_at=now(),
                asked_at=now(),
            )
        ),
        occasion=occasion,
        provisional=saved(
            ProvisionalSignature(
                occasion=occasion,
                organisation_name="Windwerk eG",
                folded_name="windwerk eg",
                kind=OrganisationKind.COMPANY,
                first_name="Gil",
                last_name="Probe",
                function="Vorstand",
                email="gil@stage.example",
                given_at=now(),
                person_id=people["gil"].id,
                signature=on_the_day,
            )
        ),
    )


def a_signature(
    declaration: Declaration, organisation: Organisation, signer: User, way: SignedWay
) -> Signature:
    return saved(
        Signature(
            declaration=declaration,
            number=1,
            sha256="0" * 64,
            organisation=organisation,
            organisation_name=organisation.name,
            signer=signer,
            signer_name=signer.name,
            function="Vorstand",
            way=way,
            code=f"A{signer.id:0>15}",
            signed_at=now(),
        )
    )


def a_team(slug: str) -> Team:
    return saved(Team(slug=slug, name=slug.title(), theme=theme(), joining=Joining.ON_REQUEST))


def a_seat(
    user: User,
    organisation: Organisation,
    team: Team,
    *,
    state: SeatState = SeatState.SEATED,
    role: SeatRole = SeatRole.MEMBER,
) -> Seat:
    return saved(
        Seat(
            user=user,
            organisation=organisation,
            team=team,
            state=state,
            role=role,
            requested_at=now(),
        )
    )


def an_application(
    applicant: User,
    name: str = "Neuland GmbH",
    state: ApplicationState = ApplicationState.RECEIVED,
) -> Application:
    return saved(
        Application(
            state=state,
            name=name,
            folded_name=fold(name),
            kind=OrganisationKind.COMPANY,
            website="https://neuland.example",
            city="Dortmund",
            function="Leitung",
            applicant=applicant,
            sent_at=now(),
            received_at=now(),
            promised_by=date(2027, 2, 27),
            question="Wer sind Sie?",
            answer_by=date(2027, 3, 6),
        )
    )


def a_project(author: User, organisation: Organisation, title: str = "Windpark") -> Project:
    project = Project(
        key="windpark0001",
        slug="windpark",
        organisation=organisation,
        author=author,
        created_at=now(),
    )
    project.revisions = [
        Revision(
            title=title,
            state=ReviewState.SUBMITTED,
            changed_at=now(),
            promised_by=date(2027, 2, 27),
            html={},
        )
    ]
    return saved(project)


def an_offer(author: User, organisation: Organisation) -> Offer:
    revision = OfferRevision(
        number=1,
        title="Windmesser",
        kind=OfferKind.OFFER,
        state=OfferReview.SUBMITTED,
        changed_at=now(),
        promised_by=date(2027, 2, 27),
    )
    return saved(
        Offer(
            key="windmesser01",
            slug="windmesser",
            organisation=organisation,
            author=author,
            created_at=now(),
            changed_at=now(),
            expires_on=date(2027, 2, 27),
            revisions=[revision],
        )
    )
