"""The queue between the web processes and the worker. The tables are the truth: a task that is lost
costs a minute, until the sweep finds what it was to do."""

import threading
from typing import Any

from flask import Flask
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer
from redis import ConnectionPool

from portal.core.database import transaction
from portal.core.sweeping import sweep
from portal.exchange import services as exchange
from portal.notifications import postman
from portal.partners import services as partners
from portal.projects import services as projects
from portal.registrations import services as registrations

NAME = "portal"
POLL = 0.5  # seconds; a mail leaves within two after the click
LAST_WORDS = 5.0  # seconds for the mail in hand when the worker is asked to end


class Jobs:
    """The queue of one app, with its tasks."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.stopping = threading.Event()
        self.huey = _queue(app)
        self.deliver = self.huey.task(name="deliver")(self._deliver)
        self.sweep = self.huey.periodic_task(crontab(minute="*"), name="sweep")(self._deliver)
        nightly, at_six = crontab(hour="3", minute="17"), crontab(hour="6", minute="5")
        hourly = crontab(minute="2")
        self.tidy = self.huey.periodic_task(nightly, name="tidy")(self._tidy)
        self.remind = self.huey.periodic_task(at_six, name="remind")(self._remind)
        often = crontab(minute="*/5")
        self.attend = self.huey.periodic_task(often, name="attend")(self._attend)
        self.expire = self.huey.periodic_task(hourly, name="expire")(self._expire)

    def _deliver(self) -> None:
        with self.app.app_context():
            postman.deliver(stopped=self.stopping.is_set)

    def _tidy(self) -> None:
        """Files that came with a form that was never saved, or that nothing shows any more, and
        what was typed and never saved."""
        with self.app.app_context():
            with transaction(writing=False):
                sweep()
            with transaction(writing=True):
                projects.sweep()

    def _remind(self) -> None:
        with self.app.app_context():
            with transaction(writing=True):
                partners.remind_applicants()
            with transaction(writing=True):
                projects.expire_requests()
            with transaction(writing=True):
                projects.keep_true()
                exchange.remind_owners()
            postman.deliver(stopped=self.stopping.is_set)

    def _attend(self) -> None:
        """Dates: what was not confirmed or taken in time goes to the next one; a reminder before,
        thanks after. Each in a transaction, so that one that fails holds nothing else up."""
        steps = (registrations.let_lapse, registrations.remind, registrations.thank)
        with self.app.app_context():
            for step in steps:
                with transaction(writing=True):
                    step()
            postman.deliver(stopped=self.stopping.is_set)

    def _expire(self) -> None:
        """Each hour, whatever the hour of Berlin's midnight is."""
        with self.app.app_context():
            with transaction(writing=True):
                exchange.expire_offers()
            postman.deliver(stopped=self.stopping.is_set)

    def hurry(self) -> None:
        """Asks the worker to look at once. One waiting task is enough: it starts after this
        commit, so it sees its letters."""
        if self.huey.pending_count() == 0:
            self.deliver()


def _queue(app: Flask) -> Huey:
    options: dict[str, Any] = {
        "results": False,
        "serializer": SignedSerializer(secret=app.config["SECRET_KEY"], salt=NAME),
    }
    if url := app.config["REDIS_URL"]:
        pool = ConnectionPool.from_url(url, socket_connect_timeout=1, socket_timeout=5)
        return RedisHuey(NAME, connection_pool=pool, **options)
    return SqliteHuey(NAME, filename=str(app.config["DATA_DIR"] / "jobs.sqlite"), **options)


def jobs_of(app: Flask) -> Jobs:
    """Made when it is needed first: most commands and most requests need none."""
    if "jobs" not in app.extensions:
        app.extensions["jobs"] = Jobs(app)
    jobs: Jobs = app.extensions["jobs"]
    return jobs


class Worker(Consumer):  # type: ignore[misc]  # huey ships no types
    """Ends after the mail in hand, whichever signal asks for it."""

    def __init__(self, jobs: Jobs, **options: Any) -> None:
        super().__init__(jobs.huey, graceful_signal="TERM", shutdown_timeout=LAST_WORDS, **options)
        self.jobs = jobs

    def stop(self, graceful: bool = False) -> None:
        self.jobs.stopping.set()
        super().stop(graceful=graceful)


def work(app: Flask, *, threads: int = 2) -> None:
    """Runs in the foreground until a signal comes."""
    jobs = jobs_of(app)
    Worker(jobs, workers=threads, max_delay=POLL, check_worker_health=True).run()
