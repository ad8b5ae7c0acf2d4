"""The entry for the calendar that comes with a mail: read by two calendars' parsers, and followed
by one that keeps to the rules of RFC 5546."""

import email
from datetime import timedelta
from email.policy import default

import pytest
import vobject
from icalendar import Calendar
from sqlalchemy import select, update

from portal.core.database import db
from portal.core.facts import tell
from portal.core.times import now, show_weekday
from portal.events import services as events
from portal.events.content import Content, whereabouts_of
from portal.events.facts import EventChanged
from portal.events.models import Audience, Event, EventKind
from portal.events.periods import Period
from portal.notifications.messages import compose
from portal.notifications.models import Letter, LetterState
from portal.registrations import services
from tests.cast import a_user
from tests.registrations.cast import all_register, an_allocation, guest_registers, people

NASTY = 'Wind\r\nBcc: all@x.example\n\nEND:VCALENDAR;,\\ "q" <b>'


def mails(kind: str | None = None):
    """(kind, mail) in the order in which the letters were written."""
    db.session.expire_all()
    rows = select(Letter).order_by(Letter.id)
    if kind:
        rows = rows.where(Letter.kind == f"registrations/{kind}")
    return [
        (one.kind.partition("/")[2], email.message_from_bytes(bytes(compose(one)), policy=default))
        for one in db.session.scalars(rows)
    ]


def calendar_of(mail) -> bytes | None:
    parts = [p for p in mail.walk() if p.get_content_type() == "text/calendar"]
    return parts[0].get_payload(decode=True) if parts else None


def methods() -> list[tuple[str, str, str | None]]:
    """(kind, to, method) of every mail."""
    found = []
    for kind, mail in mails():
        content = calendar_of(mail)
        method = str(Calendar.from_ical(content)["METHOD"]) if content else None
        found.append((kind, mail["To"].addresses[0].username, method))
    return found


class CalendarProgram:
    """Keeps what a mail program's calendar would keep: a smaller number changes nothing."""

    def __init__(self) -> None:
        self.entries = {}
        self.numbers = []

    def receive(self, content: bytes) -> None:
        calendar = vobject.readOne(content.decode())
        event = calendar.vevent
        uid, number = event.uid.value, int(event.sequence.value)
        self.numbers.append((uid, number))
        if uid not in self.entries or number > self.entries[uid][0]:
            self.entries[uid] = (number, calendar.method.value, event.dtstart.value)


def move(allocation, ada, *, days=1, title="Fünfte Allianztagung", told=True):
    """As the office does: the date is changed, and with it everybody hears of it."""
    db.session.expire_all()
    event = allocation.event
    start = event.starts_at + timedelta(days=days)
    content = Content(
        title=title,
        kind=EventKind.ALLIANCE_MEETING,
        audience=Audience.PUBLIC,
        period=Period(start, start + timedelta(hours=3)),
        venue="Rathaus",
    )
    events.change(event, content, by=ada, seen_version=event.version, tells=told)
    db.session.commit()


def move_and_send(allocation, ada, *, days):
    """What has left the house is taken back by nothing."""
    move(allocation, ada, days=days)
    db.session.execute(update(Letter).values(state=LetterState.SENT))
    db.session.commit()


@pytest.fixture
def allocation(ada):
    return an_allocation(ada)


def test_only_a_place_is_an_entry_and_only_an_entry_is_struck(allocation, ada):
    first, second, third, _fourth = all_register(allocation, people(4))
    services.withdraw(third, by=third.person)
    services.withdraw(first, by=first.person)
    services.remove(second, by=ada, reason="Doppelt")
    db.session.commit()

    assert methods() == [
        ("registration_made", "p1", "REQUEST"),
        ("registration_made", "p2", "REQUEST"),
        ("registration_made", "p3", None),
        ("registration_made", "p4", None),
        ("registration_withdrawn", "p3", None),
        ("registration_withdrawn", "p1", "CANCEL"),
        ("moved_up", "p4", "REQUEST"),
        ("registration_removed", "p2", "CANCEL"),
    ]


def test_date_that_is_cancelled_is_struck_with_its_reason(allocation, ada):
    all_register(allocation, people(3))

    events.cancel(allocation.event, by=ada, reason="Der Sturm.", seen_version=1)
    db.session.commit()

    stopped = mails("registration_stopped")
    assert [row for row in methods() if row[0] == "registration_stopped"] == [
        ("registration_stopped", "p1", "CANCEL"),
        ("registration_stopped", "p2", "CANCEL"),
        ("registration_stopped", "p3", None),
    ]
    assert all("Der Sturm." in m.get_body(("plain",)).get_content() for _, m in stopped)


def test_guest_gets_the_entry_with_the_proof_and_not_before(allocation):
    guest = guest_registers(allocation)
    services.prove(guest)
    db.session.commit()

    assert methods() == [
        ("registration_to_prove", "gast", None),
        ("registration_proved", "gast", "REQUEST"),
    ]


def test_numbers_only_grow_from_place_to_move_to_cancel_to_place(allocation, ada):
    (person,) = people(1)
    all_register(allocation, [person])
    move_and_send(allocation, ada, days=1)
    [registration] = all_register(allocation, [person])
    services.withdraw(registration, by=person)
    db.session.commit()
    all_register(allocation, [person])
    move_and_send(allocation, ada, days=2)
    version = db.session.get_one(Event, allocation.event_id).version
    events.cancel(allocation.event, by=ada, reason="x", seen_version=version)
    db.session.commit()
    program = CalendarProgram()

    for _kind, mail in mails():
        if content := calendar_of(mail):
            program.receive(content)

    [(uid, (_number, method, _start))] = program.entries.items()
    numbers = [number for _uid, number in program.numbers]
    assert {u for u, _ in program.numbers} == {uid}
    assert (numbers, len(numbers)) == (sorted(set(numbers)), 6)
    assert method == "CANCEL"


def test_calendar_that_got_all_mails_shows_the_newest_time_in_any_order(allocation, ada):
    all_register(allocation, people(1))
    move_and_send(allocation, ada, days=1)
    move_and_send(allocation, ada, days=3)
    contents = [calendar_of(mail) for _, mail in mails()]
    program = CalendarProgram()

    for content in reversed(contents):
        program.receive(content)

    [(_number, method, start)] = program.entries.values()
    assert (method, len(contents)) == ("REQUEST", 3)
    assert start == allocation.event.starts_at.replace(microsecond=0)


def test_letter_tells_what_was_true_at_its_moment_though_it_leaves_later(allocation, ada):
    all_register(allocation, people(1))
    db.session.expire_all()
    then = allocation.event.starts_at
    move(allocation, ada, days=5, told=False)

    [(_, mail)] = mails("registration_made")

    [entry] = Calendar.from_ical(calendar_of(mail)).events
    assert entry.start == then.replace(microsecond=0)


def test_entry_says_who_invites_and_that_nobody_has_to_answer(allocation):
    (person,) = people(1)
    all_register(allocation, [person])

    [(_, mail)] = mails()

    [entry] = Calendar.from_ical(calendar_of(mail)).events
    attendee = entry["ATTENDEE"]
    assert str(entry["ORGANIZER"]) == "mailto:smartcity@dortmund.de"
    assert str(attendee) == "mailto:p1@x.example"
    assert attendee.params["CN"] == "Person 1 Muster"
    assert (attendee.params["PARTSTAT"], attendee.params["RSVP"]) == ("ACCEPTED", "FALSE")
    assert (entry["STATUS"], "VALARM" in str(entry)) == ("CONFIRMED", False)


def test_mail_carries_the_entry_beside_the_text_and_as_a_file(allocation):
    all_register(allocation, people(1))

    [(_, mail)] = mails()

    inside, file = mail.iter_parts()
    text, calendar = inside.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"
    assert file.get_filename() == "termin.ics"
    assert file.get_payload(decode=True) == calendar.get_payload(decode=True)
    assert all(len(line) <= 998 for line in bytes(mail).split(b"\n"))


def test_nothing_that_people_typed_breaks_out_of_the_entry_or_the_mail(allocation, ada):
    event = allocation.event
    event.title = event.venue = event.summary = NASTY
    person = a_user("p1@x.example", NASTY[:70], NASTY[:70])
    all_register(allocation, [person])

    [(_, mail)] = mails()

    content = calendar_of(mail)
    [entry] = Calendar.from_ical(content).events
    assert set(mail.keys()) & {"Bcc", "Cc"} == set()
    assert content.count(b"\r\nEND:VCALENDAR") == 1
    assert str(entry["SUMMARY"]) == 'Wind Bcc: all@x.example END:VCALENDAR;,\\ "q" <b>'
    assert vobject.readOne(content.decode()).vevent.summary.value == str(entry["SUMMARY"])


def test_each_reads_the_entry_in_their_own_language(allocation):
    person = a_user("p1@x.example", "Kim", "Muster", language="en")
    all_register(allocation, [person])

    [(_, mail)] = mails()

    assert mail["Subject"] == "Place confirmed: Fünfte Allianztagung"
    assert "You have a place." in mail.get_body(("plain",)).get_content()


def test_same_letter_makes_the_same_entry_on_every_try(allocation):
    all_register(allocation, people(1))

    [(_, first)], [(_, second)] = mails(), mails()

    assert calendar_of(first) == calendar_of(second)
    assert first["Message-ID"] == second["Message-ID"]


def test_two_moves_in_a_row_are_one_letter_with_what_was_known_before_and_is_true_now(
    allocation, ada
):
    all_register(allocation, people(2))
    known = show_weekday(allocation.event.starts_at)
    move(allocation, ada, days=1)
    move(allocation, ada, days=2)

    moved = mails("registration_moved")

    assert [m["To"].addresses[0].username for _, m in moved] == ["p1", "p2"]
    for _, mail in moved:
        [entry] = Calendar.from_ical(calendar_of(mail)).events
        assert entry.start == allocation.event.starts_at.replace(microsecond=0)
        assert known in mail.get_body(("plain",)).get_content()


def test_who_registers_while_the_date_moves_reads_the_new_time(allocation):
    """They read the date, another transaction moved it, and then they got the lock."""
    (person,) = people(1)
    read_before = allocation.event.starts_at
    then = read_before + timedelta(days=9)
    rows = update(Event).values(starts_at=then, ends_at=then + timedelta(hours=3))
    db.session.execute(rows.execution_options(synchronize_session=False))
    assert allocation.event.starts_at == read_before

    services.register(allocation, by=person)

    [letter] = db.session.scalars(select(Letter))
    assert letter.parameters["starts_at"] == then.isoformat()


def test_letter_that_is_being_sent_is_not_taken_back(allocation, ada):
    all_register(allocation, people(1))
    move(allocation, ada, days=1)
    for letter in db.session.scalars(select(Letter)):
        letter.claimed_until = now() + timedelta(minutes=10)
    db.session.commit()

    move(allocation, ada, days=2)

    assert len(mails("registration_moved")) == 2


def test_guest_whose_address_is_an_accounts_reads_nothing_that_was_typed(allocation):
    petra = a_user("petra@x.example", "Petra", "Probe")
    guest = guest_registers(allocation, petra.email)
    services.prove(guest)
    db.session.commit()

    (_, asked), (_, proved) = mails()

    for mail in (asked, proved):
        assert "Gabi" not in bytes(mail).decode()
        assert mail["To"].addresses[0].display_name == "Petra Probe"
    assert "/anmeldung/" in asked.get_body(("plain",)).get_content()
    assert "http://portal.test/mein/termine" in proved.get_body(("plain",)).get_content()


def test_office_that_has_a_place_itself_gets_the_new_entry_too(allocation, ada):
    all_register(allocation, [ada])
    move_and_send(allocation, ada, days=1)

    assert methods()[-1] == ("registration_moved", "ada", "REQUEST")


def test_date_that_is_put_off_to_some_month_is_struck(allocation, ada):
    all_register(allocation, people(1))
    event = allocation.event
    period = Period.of_month(2099, 4)
    event.starts_at, event.ends_at, event.precision = (
        period.starts_at,
        period.ends_at,
        period.precision,
    )
    event.sequence += 1
    tell(EventChanged(by=ada, about=event, moved=True, tells=True, before=whereabouts_of(event)))
    db.session.commit()

    [(_, mail)] = mails("registration_moved")

    [entry] = Calendar.from_ical(calendar_of(mail)).events
    assert (entry["STATUS"], "DTSTART" in entry) == ("CANCELLED", False)
    assert "April 2099" in mail.get_body(("plain",)).get_content()


def test_deleted_account_frees_the_place_and_its_letter_harms_nothing(allocation):
    (person,) = people(1)
    all_register(allocation, [person])

    services.release_all_of(person)
    db.session.commit()

    assert methods()[-1] == ("registration_withdrawn", "p1", "CANCEL")


def test_private_link_opens_its_page(allocation, client):
    guest_registers(allocation)
    [(_, mail)] = mails()
    text = mail.get_body(("plain",)).get_content()
    [path] = [line[18:].strip() for line in text.splitlines() if "/anmeldung/" in line]

    assert client.get(path).status_code == 200
    assert client.get(path[:-1] + ("0" if path[-1] != "0" else "1")).status_code == 404
