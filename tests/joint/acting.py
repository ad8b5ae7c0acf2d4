"""What the two do, and what the tests ask of it."""

from sqlalchemy import select

from portal.core.database import db
from portal.history.models import Entry
from portal.joint.models import JointDecision

JOINT = "/projektbuero/gemeinsam"
WHY = {"disclosure": "Bis vor einem Monat Mitglied."}
ALSO = {"disclosure": "Ich auch."}
GIVE_BACK = {"act": "give_back", "note": "Bitte kürzen."} | WHY


def address_of(thing) -> str:
    word = {"project": "projekte", "offer": "kooperationen", "application": "antraege"}
    key = thing.number if thing.__tablename__ == "application" else thing.key
    return f"{JOINT}/{word[thing.__tablename__]}/{key}"


def version_of(thing) -> dict[str, int]:
    db.session.rollback()
    db.session.expire_all()
    return {"version": (thing.latest if hasattr(thing, "latest") else thing).version}


def proposed(client, thing, act="publish", **more):
    return client.post(address_of(thing), data=version_of(thing) | {"act": act} | WHY | more)


def confirmed(client, thing, **more):
    data = {"version": joints()[-1].version} | ALSO | more
    return client.post(f"{address_of(thing)}/bestaetigen", data=data)


def joints() -> list[JointDecision]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(JointDecision).order_by(JointDecision.id)))


def states() -> list[str]:
    return [joint.state.value for joint in joints()]


def notes(fact: str) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Entry.note).where(Entry.fact == fact)))
