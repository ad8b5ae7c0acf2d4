"""Somebody asks to speak for an organisation, or claims the profile of one; who answers them."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from portal.accounts import services as account_services
from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.partners.facts import JoinRequestSent
from portal.partners.models import (
    AffiliationRole,
    JoinRequest,
    Organisation,
    RequestState,
    Verification,
)
from portal.partners.policies import (
    answers_for_it,
    checks_claims,
    has_owner,
    may_answer_request,
    may_ask_to_join,
)
from portal.partners.queries.requests import pending_request
from portal.partners.services.links import count_a_link
from portal.partners.services.locks import lock
from portal.partners.services.people import hold
from portal.partners.services.persons import person_behind
from portal.partners.workflow import REQUESTS


def ask_to_join(
    organisation: Organisation,
    *,
    by: User,
    email: str,
    first_name: str,
    last_name: str,
    function: str,
    motivation: str,
    language: str,
    subject: str,
) -> JoinRequest:
    """For visitors, who prove the address by a link; a logged-in person's request reaches the
    owners at once. A second one finds the first. Raises Denied for who belongs to it already,
    TooOften."""
    require(may_ask_to_join, by, organisation)
    person = by
    if not by.is_authenticated:
        names = {"first_name": first_name, "last_name": last_name}
        person = person_behind(email, language=language, **names)
    request = pending_request(organisation, person) or _added(
        organisation, person, function=function, motivation=motivation
    )
    if by.is_authenticated:
        if request.state is RequestState.UNCONFIRMED:
            _hand_in(request, seen_version=request.version)
        return request
    if request.state is RequestState.UNCONFIRMED:
        _send_link(request, subject=subject)
    return request


def _added(
    organisation: Organisation, person: User, *, function: str, motivation: str
) -> JoinRequest:
    request = JoinRequest(
        organisation=organisation,
        person=person,
        function=function,
        motivation=motivation,
        sent_at=now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError as error:  # the second click
        found = pending_request(organisation, person)
        if found is None:
            raise Conflict("asked at the same time", about=organisation) from error
        return found
    return request


def _send_link(request: JoinRequest, *, subject: str) -> None:
    count_a_link(subject)
    request.burn_links()
    request.sent_at = now()
    db.session.flush()
    tell(JoinRequestSent(by=request.person, for_=None, about=request))


def ask_for_join_link_again(request: JoinRequest, *, subject: str) -> None:
    """A new link by mail; older ones open nothing any more. Raises Conflict when it was used."""
    if request.state is not RequestState.UNCONFIRMED:
        raise Conflict("the address is confirmed", about=request)
    _send_link(request, subject=subject)


def confirm_join_request(
    request: JoinRequest, *, password_hash: str | None = None, seen_version: int
) -> bool:
    """The address is proven by the link, and the owners or the office hear of it. Says whether the
    person was given a password: nobody's is replaced here."""
    person = request.person
    is_new = person.password_hash is None and password_hash is not None
    if is_new and password_hash:
        account_services.set_password(person, password_hash)
    person.confirmed_at = person.confirmed_at or now()
    _hand_in(request, seen_version=seen_version)
    return is_new


def _hand_in(request: JoinRequest, *, seen_version: int) -> None:
    def wait_for_the_answer() -> None:
        request.asked_at = now()
        request.is_claim = step == "claim"
        request.burn_links()

    step = "ask" if has_owner(request.organisation_id) else "claim"
    _take(
        step,
        request,
        by=request.person,
        note=request.motivation,
        seen_version=seen_version,
        meanwhile=wait_for_the_answer,
    )


def accept_request(
    request: JoinRequest, *, by: User, role: AffiliationRole, reason: str = "", seen_version: int
) -> None:
    """An owner lets the person in. Raises Denied, Conflict for who comes second."""
    require(answers_for_it, by, request)
    lock(request.organisation)
    _take(
        "accept",
        request,
        by=by,
        note=reason,
        seen_version=seen_version,
        meanwhile=lambda: _let_in(request, role, by=by, reason=reason),
    )


def grant_claim(request: JoinRequest, *, by: User, reason: str = "", seen_version: int) -> None:
    """The office has checked the person, who now administers the organisation. Raises Denied for
    who is tied and where somebody administers it by now, Conflict for who comes second."""
    require(checks_claims, by, request)
    lock(request.organisation)
    require(checks_claims, by, request)  # another claim may have been granted while it waited

    def hand_over() -> None:
        _let_in(request, AffiliationRole.OWNER, by=by, reason=reason)
        request.organisation.verification = Verification.CLAIM
        request.organisation.verified_at = now()

    _take(
        "grant_claim", request, by=by, note=reason, seen_version=seen_version, meanwhile=hand_over
    )


def refuse_request(request: JoinRequest, *, by: User, reason: str, seen_version: int) -> None:
    """The person reads the reason."""
    require(may_answer_request, by, request)
    _take(
        "refuse",
        request,
        by=by,
        note=reason,
        seen_version=seen_version,
        meanwhile=lambda: _close(request, by=by, reason=reason),
    )


def withdraw_request(request: JoinRequest, *, by: User, seen_version: int) -> None:
    _take(
        "withdraw",
        request,
        by=by,
        note="",
        seen_version=seen_version,
        meanwhile=lambda: _close(request, by=by, reason=""),
    )


def _let_in(request: JoinRequest, role: AffiliationRole, *, by: User, reason: str) -> None:
    hold(request.organisation, request.person, role, function=request.function)
    _close(request, by=by, reason=reason)


def _close(request: JoinRequest, *, by: User, reason: str) -> None:
    request.decided_at = now()
    request.decided_by_id = by.id
    request.reason = reason
    request.burn_links()


def _take(
    step: str,
    request: JoinRequest,
    *,
    by: User,
    note: str,
    seen_version: int,
    meanwhile: Callable[[], None],
) -> None:
    REQUESTS.take(
        step,
        request,
        by=by,
        for_=request.organisation,
        note=note,
        seen_version=seen_version,
        meanwhile=meanwhile,
    )
