"""Letters about who takes part in a project: the named organisation hears what it is asked and what
was taken from it, the authors hear its answers, the office where a public source was wrong."""

from typing import Any

from portal.accounts import queries as accounts
from portal.core.facts import on
from portal.notifications.services import write
from portal.partners import queries as partners
from portal.partners.policies import AUTHORS
from portal.projects.facts import (
    LeadHandedOver,
    ParticipantRemoved,
    ParticipationAsked,
    ParticipationConfirmed,
    ParticipationContested,
    ParticipationExpired,
    ParticipationFact,
    ParticipationLeft,
    ParticipationRefused,
    ParticipationReminded,
    RoleDeclined,
    RoleLowered,
    RoleOffered,
    RoleTaken,
)
from portal.projects.models import Participation, ParticipationRole, Project
from portal.projects.policies import is_untied, owning


@on(ParticipationAsked)
def ask(fact: ParticipationAsked) -> None:
    _to_the_named("projects/participation_asked", fact)


@on(ParticipationReminded)
def remind(fact: ParticipationReminded) -> None:
    _to_the_named("projects/participation_reminded", fact)


@on(ParticipantRemoved)
def tell_who_was_removed(fact: ParticipantRemoved) -> None:
    _to_the_named("projects/participant_removed", fact)


@on(RoleOffered)
def offer(fact: RoleOffered) -> None:
    _to_the_named("projects/role_offered", fact)


@on(RoleLowered)
def tell_who_writes_no_more(fact: RoleLowered) -> None:
    _to_the_named("projects/role_lowered", fact)


@on(ParticipationConfirmed)
def tell_of_the_yes(fact: ParticipationConfirmed) -> None:
    _to_the_authors("projects/participation_confirmed", fact)


@on(ParticipationRefused)
def tell_of_the_no(fact: ParticipationRefused) -> None:
    _to_the_authors("projects/participation_refused", fact)


@on(ParticipationLeft)
def tell_who_left(fact: ParticipationLeft) -> None:
    _to_the_authors("projects/participation_left", fact)


@on(ParticipationExpired)
def tell_that_nobody_answered(fact: ParticipationExpired) -> None:
    _to_the_authors("projects/participation_expired", fact)


@on(RoleDeclined)
def tell_who_stays_as_it_is(fact: RoleDeclined) -> None:
    _to_the_authors("projects/role_declined", fact)


@on(RoleTaken)
def tell_who_writes_now(fact: RoleTaken) -> None:
    _to_the_authors("projects/role_taken", fact)


@on(LeadHandedOver)
def tell_who_leads_now(fact: LeadHandedOver) -> None:
    _to_the_authors("projects/lead_handed_over", fact)


@on(ParticipationContested)
def tell_that_the_source_is_wrong(fact: ParticipationContested) -> None:
    _to_the_authors("projects/participation_contested", fact)
    latest = fact.about.latest
    office = [user for user in accounts.office() if is_untied(user, latest)]
    write("projects/participation_contested_office", fact, office, **_about(fact))


def _to_the_named(kind: str, fact: ParticipationFact) -> None:
    """Its owners and editors."""
    named = fact.part.organisation
    slug = {"organisation_slug": named.slug}
    write(kind, fact, partners.people_of(named.id, *AUTHORS), **_about(fact), **slug)


def _to_the_authors(kind: str, fact: ParticipationFact) -> None:
    """Owners and editors of each owning organisation, with the address of their own; not of the one
    that the fact is about. Who writes for two hears of it once."""
    heard: set[int] = set()
    for organisation in owning(fact.about):
        if organisation.id == fact.part.organisation_id:
            continue
        writers = [u for u in partners.people_of(organisation.id, *AUTHORS) if u.id not in heard]
        heard.update(user.id for user in writers)
        write(kind, fact, writers, **_about(fact), organisation_slug=organisation.slug)


def _about(fact: ParticipationFact) -> dict[str, Any]:
    project: Project = fact.about
    part: Participation = fact.part
    return {
        "title": (project.live or project.latest).name,
        "key": project.key,
        "part_id": part.id,
        "named": part.organisation.name,
        "organisation": (fact.for_ or project.organisation).name,
        "who": fact.by.name if fact.by else "",
        "note": fact.note if fact.by else "",
        "part_note": part.note,
        "co_owns": part.role is ParticipationRole.CO_OWNER,
        "leads": part.offered_role is ParticipationRole.LEAD,
        "until": part.expires_at,
        "is_public": project.live is not None,
    }
