"""One of everything: the people and things that the addresses of rights.txt stand for."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask import current_app
from PIL import Image

from portal.accounts import passwords
from portal.accounts import services as accounts
from portal.accounts.models import OfficeRole, User
from portal.charter.models import (
    Declaration,
    DeclarationState,
    Nomination,
    Occasion,
    OccasionState,
    ProvisionalSignature,
    Signature,
    Way,
    sha256_of,
)
from portal.core.database import db
from portal.core.documents import services as documents
from portal.core.documents.services import PreparedDocument
from portal.core.pictures import services as pictures
from portal.core.pictures.changes import PictureChange
from portal.core.pictures.services import PreparedPicture
from portal.core.times import now
from portal.core.tokens import key_for, token_for
from portal.events.models import Audience, Event, EventDocument, EventKind, EventPicture
from portal.exchange.models import (
    Inquiry,
    Message,
    Offer,
    OfferKind,
    OfferReview,
    OfferRevision,
    OfferState,
)
from portal.exchange.services import last_day
from portal.joint.models import JointDecision
from portal.news.models import Article, ArticleState
from portal.notifications.models import Letter, LetterState
from portal.partners import queries
from portal.partners import services as partners
from portal.partners.models import (
    AffiliationRole,
    Application,
    ApplicationState,
    CompetenceClaim,
    CompetenceLevel,
    EvidenceKind,
    Invitation,
    JoinRequest,
    Organisation,
    OrganisationKind,
    PartnerImport,
    RequestState,
)
from portal.partners.reading import read_file
from portal.projects.models import (
    Basis,
    CaseNote,
    Comment,
    CommentState,
    Criterion,
    Judgement,
    Participation,
    ParticipationRole,
    Phase,
    Project,
    ReviewState,
    Revision,
    Verdict,
    Visibility,
)
from portal.projects.services import attach, write_picture
from portal.registrations import queries as registrations
from portal.registrations.models import (
    Allocation,
    CalendarKey,
    Registration,
    RegistrationState,
)
from portal.registrations.models import Way as RegistrationWay
from portal.teams.models import Joining, Seat, SeatRole, SeatState, Team
from portal.topics.models import Competence
from tests.architecture import the_day
from tests.cast import PASSWORD, a_user, affiliated, an_organisation, saved, theme, together
from tests.core.papers import CONTENT_TYPES, WORD, zipped

MAIL = """Subject: Test
From: portal@portal.test
To: kim@windwerk.example
Date: Sun, 22 Nov 2026 12:00:00 +0000
Message-ID: <1@portal.test>

Guten Tag
"""
COMPLETE = {
    "title": "Windpark",
    "summary": "Wind wird Strom.",
    "problem": "Strom fehlt.",
    "goal": "Strom für alle.",
    "solution": "Ein Windrad.",
    "benefit": "Saubere Luft.",
    "place": "Hafen",
}


@dataclass
class World:
    people: dict[str, User | None]
    gaps: dict[str, str]


def a_picture() -> PreparedPicture:
    """Slow, and the same for all worlds of a run."""
    file = io.BytesIO()
    Image.new("RGB", (640, 360), "teal").save(file, "PNG")
    return pictures.prepare(file.getvalue())


@cache
def documents_of_all_worlds() -> list[PreparedDocument]:
    """Two, whose files all worlds share."""
    data = zipped({"[Content_Types].xml": CONTENT_TYPES.format(main=WORD)})
    return [documents.prepare(data) for _ in range(2)]


def build(prepared: list[PreparedPicture]) -> World:
    """In a database that holds nothing but themes and districts."""
    with together():
        return _build(prepared)


def _build(prepared: list[PreparedPicture]) -> World:
    logo = pictures.keep(prepared[3], alt="Windwerk eG", credit="Windwerk eG")
    site = "https://windwerk.example"
    windwerk = an_organisation("windwerk", "Windwerk eG", website=site, logo=logo)
    netzwerk = an_organisation("netzwerk", "Netzwerk AG")
    solarhof = an_organisation("solarhof", "Solarhof GmbH")
    an_organisation("verein", "Verein e. V.", member=False)
    petra = a_user("petra@windwerk.example", "Petra", "Probe", password_hash=_hashed(PASSWORD))
    affiliated(petra, windwerk, AffiliationRole.OWNER)
    paul = a_user("paul@windwerk.example", "Paul", "Probe")
    affiliated(paul, windwerk)
    quinn = a_user("quinn@windwerk.example", "Quinn", "Probe")
    affiliated(quinn, windwerk)
    lara = a_user("lara@netzwerk.example", "Lara", "Leitung")
    affiliated(lara, netzwerk)
    stefan = a_user("stefan@solarhof.example", "Stefan", "Stern")
    affiliated(stefan, solarhof, AffiliationRole.OWNER)
    anna = a_user("anna@neuland.example", "Anna", "Antrag")
    olga = a_user("olga@office.example", "Olga", "Ordnung", office_role=OfficeRole.MODERATOR)
    ada = a_user("ada@office.example", "Ada", "Amt", office_role=OfficeRole.ADMINISTRATOR)
    joint = _joint(ada, olga)

    team = saved(
        Team(
            slug="energie",
            name="Energie",
            theme=theme(),
            mission="Netze",
            joining=Joining.ON_REQUEST,
        )
    )
    saved(_seat(team, lara, netzwerk, SeatState.SEATED, role=SeatRole.LEAD))
    asked = saved(_seat(team, quinn, windwerk, SeatState.REQUESTED))
    application = saved(_application(anna))
    live = _project(windwerk, petra, "live000001", ReviewState.PUBLISHED, prepared[0])
    draft = _project(windwerk, petra, "draft00001", ReviewState.DRAFT, prepared[1])
    submitted = _project(windwerk, petra, "submit0001", ReviewState.SUBMITTED)
    beside = _project(windwerk, petra, "beside0001", ReviewState.PUBLISHED)
    saved(_revision(ReviewState.DRAFT, project=beside, number=2, based_on=1))
    archived = _project(windwerk, petra, "archiv0001", ReviewState.PUBLISHED)
    archived.archived_at, archived.archive_reason = now(), "Zu Ende."
    parts = _parts(draft, live, windwerk, solarhof, netzwerk)
    reviews = _reviews(windwerk, petra, submitted)
    events, dates = _events(team, prepared[2])
    article = _articles(prepared[2])
    letter = saved(_letter(petra))
    started = saved(_application(anna, ApplicationState.UNCONFIRMED))
    questioned = saved(_application(anna, ApplicationState.QUESTION))
    ina = a_user("ina@windwerk.example", "", "", confirmed_at=None)
    invitation, own_invitation = (saved(_invitation(windwerk, one, petra)) for one in (ina, anna))
    waise = an_organisation("waise", "Waise GmbH")
    an_organisation("ruhend", "Ruhend AG", suspended_at=now(), suspension_reason="Streit")
    join_request = saved(_join_request(windwerk, anna))
    claim = saved(_join_request(waise, anna))
    uli = a_user("uli@solarhof.example", "Uli", "Unbestätigt", confirmed_at=None)
    unproven = saved(_join_request(solarhof, uli, RequestState.UNCONFIRMED))
    sent, carried_out = _imports()
    charter = _charter(windwerk, petra)
    competences = _competences(windwerk)
    exchange = _exchange(windwerk, petra, solarhof, stefan)
    day = the_day.build(petra, stefan)
    mail = current_app.config["DATA_DIR"] / "mail" / "20261122T120000-000001.eml"
    mail.parent.mkdir(exist_ok=True)
    for other in mail.parent.glob("*.eml"):  # the folder lives as long as the run
        other.unlink()
    mail.write_text(MAIL)
    accounts.open_session(petra, browser="Test")
    return World(
        people={
            "V": None,
            "A": anna,
            "M": paul,
            "P": petra,
            "L": lara,
            "S": stefan,
            "OM": olga,
            "OA": ada,
        },
        gaps={
            "petra": str(petra.id),
            "paul": str(paul.id),
            "solarhof": str(solarhof.id),
            "quinn": str(quinn.id),
            "password_token": token_for(
                petra, accounts.PASSWORD_LINK, now() + accounts.LINK_LIFETIME
            ),
            "session": str(petra.sessions[0].id),
            "application": application.number,
            "unconfirmed": str(started.id),
            "unconfirmed_number": started.number,
            "questioned": str(questioned.id),
            "questioned_number": questioned.number,
            "answer_token": token_for(questioned, "answer", now() + timedelta(days=7)),
            "late_answer_token": token_for(questioned, "answer", now() - timedelta(days=1)),
            "confirm_token": token_for(started, "confirm", now() + timedelta(days=7)),
            "expired_token": token_for(started, "confirm", now() - timedelta(days=1)),
            "letter": mail.name,
            "logo": windwerk.logo.key,
            "invitation": str(invitation.id),
            "own_invitation": str(own_invitation.id),
            "invitation_token": queries.invitation_token(invitation),
            "late_invitation_token": token_for(
                invitation, queries.INVITATION, now() - timedelta(days=1)
            ),
            "join_request": str(join_request.id),
            "claim": str(claim.id),
            "unproven": str(unproven.id),
            "join_token": queries.join_token(unproven),
            "late_join_token": token_for(unproven, "join", now() - timedelta(days=1)),
            "checked_import": str(sent.id),
            "carried_out_import": str(carried_out.id),
            "request": str(asked.id),
            "draft": draft.key,
            "submitted": submitted.key,
            "live": live.key,
            "beside": beside.key,
            "archived": archived.key,
            "project_picture": live.latest.picture.key,
            "draft_picture": draft.latest.picture.key,
            "internal_document": live.latest.documents[0].document.key,
            "public_document": live.latest.documents[1].document.key,
            "article_picture": article.picture.key,
            "failed_letter": str(letter.id),
            **events,
            **parts,
            **charter,
            **reviews,
            **competences,
            **exchange,
            **joint,
            **_registrations(dates, petra, lara),
            **day,
        },
    )


def _competences(windwerk: Organisation) -> dict[str, str]:
    """One claimed, one free."""
    used, free = (
        saved(Competence(slug=slug, name=name, order=order))
        for order, (slug, name) in enumerate([("sensorik", "Sensorik"), ("funk", "Funknetze")])
    )
    claim = saved(
        CompetenceClaim(
            organisation=windwerk,
            competence=used,
            theme=theme(),
            level=CompetenceLevel.LEADING,
            evidence_kind=EvidenceKind.PRODUCT,
            evidence_title="Messkoffer",
            evidence_url="https://windwerk.example/messkoffer",
            claimed_at=now(),
            confirmed_at=now(),
        )
    )
    return {"competence": str(free.id), "competence_claim": str(claim.id), "theme": str(theme().id)}


def _joint(ada: User, olga: User) -> dict[str, str]:
    """Everybody of the office belonged to Netzfreunde e. V.; Berta has proposed a decision about
    one of its projects, and Ada about another one."""
    berta = a_user("berta@office.example", "Berta", "Büro", office_role=OfficeRole.ADMINISTRATOR)
    friends = an_organisation("netzfreunde", "Netzfreunde e. V.")
    for user in (ada, berta, olga):
        affiliated(user, friends).until = now() - timedelta(days=30)
    untouched, proposed, own = (
        _project(friends, berta, f"joint{number}", ReviewState.SUBMITTED) for number in range(3)
    )
    for project, user in ((proposed, berta), (own, ada)):
        saved(
            JointDecision(
                kind="projekte",
                key=project.key,
                about="project",
                about_id=project.id,
                case_version=project.latest.version,
                title="Windpark",
                act="publish",
                disclosure="Mitglied.",
                opened_by=user,
                opened_at=now(),
            )
        )
    return {"joint": untouched.key, "joint_proposed": proposed.key, "joint_own": own.key}


def _invitation(organisation: Organisation, person: User, by: User) -> Invitation:
    return Invitation(
        organisation=organisation,
        person=person,
        role=AffiliationRole.MEMBER,
        invited_by=by,
        sent_at=now(),
    )


def _join_request(
    organisation: Organisation, person: User, state: RequestState = RequestState.ASKED
) -> JoinRequest:
    asked_at = now() if state is RequestState.ASKED else None
    return JoinRequest(
        organisation=organisation, person=person, state=state, sent_at=now(), asked_at=asked_at
    )


@cache
def _hashed(password: str) -> str:
    """Slow, and the same for all worlds of a run."""
    return passwords.hashed(password)


def _charter(windwerk: Organisation, petra: User) -> dict[str, str]:
    """Windwerk eG has signed the first version and not yet the second, the current one."""
    first, second = (saved(_declaration(number)) for number in (1, 2))
    draft = saved(_declaration(None))
    signature = saved(
        Signature(
            declaration=first,
            number=1,
            sha256=first.sha256,
            organisation=windwerk,
            organisation_name=windwerk.name,
            signer=petra,
            signer_name="Petra Probe",
            function="Vorstand",
            way=Way.PORTAL,
            code="A234567892345678",
            signed_at=now(),
        )
    )
    nora = a_user("nora@windwerk.example", "Nora", "Probe", confirmed_at=None)
    nomination = saved(
        Nomination(
            declaration=second,
            organisation=windwerk,
            person=nora,
            first_name="Nora",
            last_name="Probe",
            function="Vorstand",
            named_by=petra,
            named_at=now(),
            asked_at=now(),
        )
    )
    occasion, planned = (
        Occasion(
            code=code,
            title="Tagung",
            day=date(2026, 11, 20),
            declaration=second,
            state=state,
            created_at=now(),
        )
        for code, state in [("b2345", OccasionState.OPEN), ("c2345", OccasionState.PLANNED)]
    )
    saved(planned)
    given = ProvisionalSignature(
        occasion=occasion,
        organisation_name="Solarhof GmbH",
        folded_name="solarhof gmbh",
        kind=OrganisationKind.COMPANY,
        first_name="Sonja",
        last_name="Stern",
        function="Vorstand",
        email="sonja@solarhof.example",
        given_at=now(),
    )
    saved(given)
    return {
        "declaration": str(second.id),
        "declaration_draft": str(draft.id),
        "signature": str(signature.id),
        "proof": signature.shown_code,
        "nomination": str(nomination.id),
        "sign_token": token_for(nomination, "sign", now() + timedelta(days=7)),
        "late_sign_token": token_for(nomination, "sign", now() - timedelta(days=1)),
        "occasion": occasion.code,
        "planned_occasion": planned.code,
        "provisional": str(given.id),
    }


def _exchange(
    windwerk: Organisation, petra: User, solarhof: Organisation, stefan: User
) -> dict[str, str]:
    """Solarhof GmbH has asked Windwerk eG about its entry "Windmesser"."""
    draft = saved(_offer(windwerk, petra, "offer-draft", OfferReview.DRAFT))
    submitted = saved(_offer(windwerk, petra, "offer-submit", OfferReview.SUBMITTED))
    live = saved(_offer(windwerk, petra, "offer-live", OfferReview.PUBLISHED, "windmesser"))
    over = _offer(windwerk, petra, "offer-over", OfferReview.PUBLISHED, "windkanal")
    over.state, over.expires_on = OfferState.EXPIRED, date(2026, 1, 1)
    saved(over)
    saved(_offer(solarhof, stefan, "offer-other", OfferReview.PUBLISHED, "solardach"))
    inquiry = Inquiry(
        key="inquiry-one",
        offer=live,
        organisation=solarhof,
        title="Windmesser",
        begun_at=now(),
        changed_at=now(),
    )
    message = Message(
        key="m" * 16, organisation_id=solarhof.id, author=stefan, text="?", written_at=now()
    )
    inquiry.messages = [message]
    saved(inquiry)
    return {
        "offer_draft": draft.key,
        "offer_submitted": submitted.key,
        "offer": live.key,
        "offer_over": over.key,
        "inquiry": inquiry.key,
    }


def _offer(
    organisation: Organisation,
    author: User,
    key: str,
    state: OfferReview,
    slug: str | None = None,
) -> Offer:
    revision = OfferRevision(
        number=1,
        state=state,
        kind=OfferKind.OFFER,
        title="Windmesser",
        summary="Misst Wind.",
        text="Misst Wind am Dach.",
        html="<p>Misst Wind am Dach.</p>",
        theme=theme(),
        citywide=True,
        changed_at=now(),
        submitted_at=now(),
        promised_by=date(2099, 1, 1),
    )
    offer = Offer(
        key=key,
        slug=slug,
        organisation=organisation,
        author=author,
        created_at=now(),
        changed_at=now(),
        revisions=[revision],
    )
    if slug:
        offer.state, offer.live_number = OfferState.ONLINE, 1
        offer.published_at, offer.expires_on = now(), last_day(now())
    return offer


def _declaration(number: int | None) -> Declaration:
    text = f"Wir wollen mitmachen, {number}."
    return Declaration(
        number=number,
        state=DeclarationState.PUBLISHED if number else DeclarationState.DRAFT,
        title="Erklärung",
        text=text,
        text_html=f"<p>{text}</p>",
        sha256=sha256_of(text) if number else "",
        created_at=now(),
        changed_at=now(),
        published_at=now() if number else None,
    )


def _seat(
    team: Team,
    user: User,
    organisation: Organisation,
    state: SeatState,
    role: SeatRole = SeatRole.MEMBER,
) -> Seat:
    return Seat(
        team=team,
        user=user,
        organisation=organisation,
        state=state,
        role=role,
        requested_at=now(),
    )


def _application(anna: User, state: ApplicationState = ApplicationState.RECEIVED) -> Application:
    return Application(
        state=state,
        name="Neuland GmbH",
        folded_name="neuland gmbh",
        kind=OrganisationKind.COMPANY,
        website="https://neuland.example",
        city="Dortmund",
        function="Leitung",
        applicant=anna,
        sent_at=now(),
        received_at=now() if state is not ApplicationState.UNCONFIRMED else None,
        promised_by=date(2099, 1, 1),
        question="Wer sind Sie?" if state is ApplicationState.QUESTION else "",
        answer_by=date(2099, 1, 1) if state is ApplicationState.QUESTION else None,
    )


def _revision(state: ReviewState, **more: Any) -> Revision:
    return Revision(
        **COMPLETE,
        state=state,
        theme=theme(),
        phase=Phase.PILOT,
        changed_at=now(),
        submitted_at=now() if state is not ReviewState.DRAFT else None,
        promised_by=date(2099, 1, 1),
        html={},
        **more,
    )


def _project(
    organisation: Organisation,
    author: User,
    key: str,
    state: ReviewState,
    prepared: PreparedPicture | None = None,
) -> Project:
    revision = _revision(state)
    if prepared:
        new = PictureChange(new=prepared, alt="Ein Windrad", credit="Windwerk eG")
        write_picture(revision, new)
        for document, visibility in zip(documents_of_all_worlds(), Visibility, strict=True):
            attach(revision, document, title="Plan", visibility=visibility)
    project = Project(
        key=key,
        organisation=organisation,
        author=author,
        created_at=now(),
        revisions=[revision],
    )
    if state is ReviewState.PUBLISHED:
        project.slug = "windpark" if key.startswith("live") else key
        project.published_at = now()
        project.live = revision
    return saved(project)


def _reviews(windwerk: Organisation, petra: User, submitted: Project) -> dict[str, str]:
    """One project in review, one with its authors again; both have comments of every kind."""
    returned = _project(windwerk, petra, "return0001", ReviewState.RETURNED)
    saved(
        Judgement(
            project=submitted,
            criterion=Criterion.USEFUL,
            verdict=Verdict.MET,
            note="Ja",
            judged_at=now(),
        )
    )
    saved(CaseNote(project=submitted, text="Nachfragen", written_at=now()))
    comments = {
        "unsent_comment": _comment(submitted, "goal", sent=False),
        "sent_comment": _comment(submitted, "title"),
        "done_comment": _comment(submitted, "picture", CommentState.DONE),
        "point": _comment(returned, "goal"),
        "done_point": _comment(returned, "whole", CommentState.DONE),
    }
    return {"returned": returned.key} | {name: str(one.id) for name, one in comments.items()}


def _comment(
    project: Project, part: str, state: CommentState = CommentState.OPEN, *, sent: bool = True
) -> Comment:
    return saved(
        Comment(
            project=project,
            part=part,
            text="Bitte ergänzen",
            state=state,
            answer="Steht da" if state is CommentState.DONE else "",
            written_at=now(),
            sent_at=now() if sent else None,
        )
    )


def _parts(
    draft: Project,
    live: Project,
    windwerk: Organisation,
    solarhof: Organisation,
    netzwerk: Organisation,
) -> dict[str, str]:
    """Windwerk eG asked Solarhof GmbH, and was asked itself; both stand by their word elsewhere."""
    others = _project(solarhof, draft.author, "other00001", ReviewState.DRAFT)
    others.author = None
    long_ago, later = now() - timedelta(days=10), now() + timedelta(days=20)
    pending, agreed = {"expires_at": later}, {"answered_at": long_ago}
    rows = {
        "asked_part": (draft, solarhof, Basis.PENDING, pending),
        "agreed_part": (live, netzwerk, Basis.CONFIRMED, agreed),
        "offered_part": (
            draft,
            netzwerk,
            Basis.CONFIRMED,
            {"offered_role": ParticipationRole.CO_OWNER, "expires_at": later},
        ),
        "own_asked_part": (others, windwerk, Basis.PENDING, pending),
        "own_agreed_part": (
            _project(solarhof, draft.author, "other00002", ReviewState.DRAFT),
            windwerk,
            Basis.CONFIRMED,
            agreed,
        ),
    }
    return {
        name: str(
            saved(
                Participation(
                    project=project,
                    organisation=organisation,
                    basis=basis,
                    asked_at=long_ago,
                    **more,
                )
            ).id
        )
        for name, (project, organisation, basis, more) in rows.items()
    }


def _events(team: Team, prepared: PreparedPicture) -> tuple[dict[str, str], dict[str, Event]]:
    """One for all and one of the team, each with a picture and two documents of the same keys; and
    three without."""
    audiences = {
        "partnertag": Audience.PARTNERS,
        "werkstatt": Audience.PUBLIC,
        "probetag": Audience.PUBLIC,
        "tagung": Audience.PUBLIC,
        "teamtreff": Audience.TEAM,
    }
    dates = {}
    for slug, audience in audiences.items():
        starts = now() + timedelta(days=30)
        picture = pictures.keep(prepared, alt="Ein Saal", credit="Windwerk eG")
        attached = [
            EventDocument(
                document=documents.keep(document, title="Protokoll"),
                visibility=visibility,
                position=place,
            )
            for place, (document, visibility) in enumerate(
                zip(documents_of_all_worlds(), Visibility, strict=True)
            )
        ]
        dates[slug] = saved(
            Event(
                slug=slug,
                uid=f"{slug}@portal.test",
                title=slug.title(),
                kind=EventKind.ALLIANCE_MEETING,
                starts_at=starts,
                ends_at=starts + timedelta(hours=2),
                audience=audience,
                team=team if audience is Audience.TEAM else None,
                pictures=[EventPicture(picture=picture, position=0)],
                documents=attached,
                created_at=now(),
                changed_at=now(),
            )
        )
    keys = {
        "event_picture": picture.key,
        "event_internal": attached[0].document.key,
        "event_document": attached[1].document.key,
    }
    return keys, dates


def _registrations(dates: dict[str, Event], petra: User, lara: User) -> dict[str, str]:
    """Everywhere but at "probetag" people can register. At "werkstatt" Petra and Lara are, Petra
    with an offer, and a guest who has not confirmed yet."""
    for slug in ("tagung", "teamtreff", "partnertag", "werkstatt"):
        saved(_allocation(dates[slug]))
    gabi = a_user("gabi@gast.example", "Gabi", "Gast", confirmed_at=None)
    place = registrations.find_of(dates["werkstatt"])
    offered = {"state": RegistrationState.OFFERED, "offered_until": now() + timedelta(days=1)}
    saved(_registration(place, 1, petra, **offered))
    saved(_registration(place, 2, lara))
    guest = saved(_registration(place, 3, gabi, way=RegistrationWay.GUEST, proved_at=None))
    place.taken = place.numbers = place.lines = 3
    return {
        "guest": str(guest.id),
        "guest_token": registrations.registration_token(guest),
        "late_guest_token": token_for(guest, registrations.LINK, now() - timedelta(days=1)),
        **_calendar_of(petra),
    }


def _calendar_of(person: User) -> dict[str, str]:
    address = key_for(saved(CalendarKey(person=person, made_at=now())), "calendar")
    return {
        "calendar": address,
        "no_calendar": address[:-1] + ("0" if address[-1] != "0" else "1"),
    }


def _allocation(event: Event) -> Allocation:
    return Allocation(
        event=event,
        capacity=20,
        opens_at=now() - timedelta(days=1),
        closes_at=event.starts_at,
        cancel_until=event.starts_at,
        offers_from=event.starts_at,
        moves_up_until=event.starts_at,
        created_at=now(),
        changed_at=now(),
    )


def _registration(place: Allocation, number: int, person: User, **more: Any) -> Registration:
    given = {
        "state": RegistrationState.CONFIRMED,
        "way": RegistrationWay.PORTAL,
        "proved_at": now(),
    }
    return Registration(
        allocation=place,
        number=number,
        person=person,
        first_name=person.first_name,
        last_name=person.last_name,
        code=f"R{number}23456789234567",
        received_at=now(),
        entered_at=now(),
        **given | more,
    )


def _articles(prepared: PreparedPicture) -> Article:
    saved(_article("entwurf", ArticleState.DRAFT))
    article = _article("meldung", ArticleState.PUBLISHED)
    article.picture = pictures.keep(prepared, alt="Ein Bild", credit="Windwerk eG")
    article.published_at = now()
    return saved(article)


def _article(slug: str, state: ArticleState) -> Article:
    return Article(
        slug=slug,
        state=state,
        title=slug.title(),
        teaser="Kurz",
        text="Lang",
        dated=date(2026, 11, 1),
        created_at=now(),
        changed_at=now(),
    )


def _imports() -> tuple[PartnerImport, PartnerImport]:
    """One that waits, and one that is in the portal."""
    sent, carried_out = (
        partners.check(
            read_file(f"Name;Art\n{name};Unternehmen\n".encode()), file_name="neu.csv", by=None
        )
        for name in ("Wartewerk", "Importwerk")
    )
    partners.carry_out(carried_out, by=None, leave_out_wrong=False, seen_version=1)
    carried_out.version = 1  # what every form in these tests says
    db.session.commit()
    return sent, carried_out


def _letter(petra: User) -> Letter:
    return Letter(
        kind="accounts/password_changed",
        about="user",
        about_id=petra.id,
        at=now(),
        parameters={},
        recipient=petra,
        message_id="failed@portal.test",
        state=LetterState.FAILED,
        attempts=6,
        next_try_at=now(),
    )
