"""Registrations through the whole web path: cookie, token, rights, decision, letter, history, 303.
Three processes of the portal, the crowd and the database share the machine.

`python -m tools.bench.rush` measures it alone."""

import os
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

import config
from portal import create_app
from portal.checking.places import PLACES
from portal.core.database import db, transaction
from tools.bench import hall
from tools.bench.crowd import Answer, Click, rush
from tools.bench.databases import database_for, engines, prepare
from tools.bench.load import burst
from tools.bench.servers import Server, running

WORKERS, AT_ONCE = 3, 40
ROUNDS = int(os.environ.get("BENCH_RUSH_ROUNDS", "5"))
BARE_PORT, PORT = 8594, 8593


@dataclass(frozen=True)
class Scene:
    """So many people on so many places, with so many clicks each."""

    name: str
    people: int
    clicks: int
    places: int


SCENES = (
    Scene("200 people on 10 places", 200, 1, 10),
    Scene("400 people on 30 places, two clicks each", 400, 2, 30),
)


@dataclass
class Rushed:
    """Round by round; times in milliseconds."""

    answers: list[list[Answer]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)  # requests/s of the bare view beside it
    sync_ms: float = 0
    faults: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        pairs = zip(self.answers, self.seconds, strict=True)
        return statistics.median(len(answers) / seconds for answers, seconds in pairs)

    @property
    def ratio(self) -> float:
        pairs = zip(self.answers, self.seconds, self.bare, strict=True)
        return statistics.median(len(answers) / seconds / bare for answers, seconds, bare in pairs)

    def percentile(self, percent: int) -> float:
        """The middle one of all rounds."""
        return statistics.median(_percentile(answers, percent) for answers in self.answers)

    def statuses(self) -> Counter[int]:
        return Counter(answer.status for answers in self.answers for answer in answers)


def _percentile(answers: list[Answer], percent: int) -> float:
    times = sorted(answer.seconds for answer in answers)
    return 1000 * times[min(len(times) - 1, len(times) * percent // 100)]


def measure(environment: dict[str, str], folder: Path) -> dict[str, Rushed]:
    """Of one engine, each scene in turn; each date is checked as `flask check` does it."""
    os.environ.update(environment)
    app = create_app(config.from_environment())
    found = {scene.name: Rushed(sync_ms=_sync_ms(folder)) for scene in SCENES}
    with (
        running("tools.bench.bare:create_app()", BARE_PORT, {}) as bare,
        running("portal:create_app()", PORT, environment, workers=WORKERS) as server,
        app.app_context(),
    ):
        _warm_up(app, server)
        for turn in range(ROUNDS):
            for scene in SCENES:
                slug = f"rush-{turn}-{scene.people}"
                with transaction(writing=True):
                    clicks = hall.people(app, scene.people)
                    hall.a_date(slug, scene.places)
                there = [hall.to_the_date(one, slug) for one in clicks for _ in range(scene.clicks)]
                found[scene.name].bare.append(burst(f"{bare.base}/", 1).per_second)
                _one_round(found[scene.name], server, there)
                with transaction(writing=False):
                    found[scene.name].faults += _faults(slug, scene)
        db.session.remove()
        db.engine.dispose()
    return found


def _warm_up(app: Flask, server: Server) -> None:
    """Each process brings in at its first letters what only they need."""
    with transaction(writing=True):
        clicks = hall.people(app, 60)
        hall.a_date("warm", 1)
    rush(server.base, [hall.to_the_date(click, "warm") for click in clicks], at_once=12)


def _one_round(rushed: Rushed, server: Server, clicks: list[Click]) -> None:
    before = server.cpu_seconds()
    answers, seconds = rush(server.base, clicks, at_once=AT_ONCE)
    rushed.cpu_ms.append(1000 * (server.cpu_seconds() - before) / len(clicks))
    rushed.answers.append(answers)
    rushed.seconds.append(seconds)


def _faults(slug: str, scene: Scene) -> list[str]:
    told = [fault for check in PLACES for fault in check().faults]
    seated, waiting = hall.seated_and_waiting(slug)
    if (seated, waiting) != (scene.places, scene.people - scene.places):
        told.append(f"{slug}: {seated} confirmed, {waiting} waiting")
    if letters := hall.people_without_one_letter(slug):
        told.append(f"{slug}: {letters} people have none or several letters")
    return told


def _sync_ms(folder: Path) -> float:
    """What the disk takes to keep 4 kB: no commit is faster."""
    times = []
    with (folder / "sync").open("wb", buffering=0) as file:
        for _ in range(100):
            file.write(b"x" * 4096)
            begin = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - begin)
    return 1000 * statistics.median(times)


def row(scene: str, rushed: Rushed) -> str:
    """Of the table in docs/performance.md."""
    statuses = rushed.statuses()
    others = sum(statuses.values()) - statuses[303]
    p50, p95, p99 = (f"{rushed.percentile(percent):.0f}" for percent in (50, 95, 99))
    return (
        f"| {scene} | {rushed.per_second:.0f} | {rushed.ratio:.3f} | {p50} | {p95} | {p99} "
        f"| {statistics.median(rushed.cpu_ms):.1f} | {others} | {len(rushed.faults)} |\n"
    )


def main() -> None:
    os.environ["PORTAL_ENV"] = "demo"
    os.environ["PORTAL_BASE_URL"] = f"http://127.0.0.1:{PORT}"
    with tempfile.TemporaryDirectory() as folder:
        for engine, server in engines().items():
            url = database_for(server, "portal_bench_rush") if server else ""
            data = Path(folder) / engine
            environment = {"PORTAL_DATA_DIR": str(data), "PORTAL_DATABASE_URL": url}
            prepare(environment)
            for scene, rushed in measure(environment, data).items():
                load = os.getloadavg()[0]
                bare = statistics.median(rushed.bare)
                print(f"{engine}: load {load:.1f}, bare {bare:.0f}/s, sync {rushed.sync_ms:.1f} ms")
                print(row(scene, rushed), *rushed.faults[:5], rushed.statuses(), flush=True)


if __name__ == "__main__":
    main()
