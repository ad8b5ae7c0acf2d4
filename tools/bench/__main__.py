"""Measures both engines with the demo and with a large alliance, each page in turn with the bare
view, and writes docs/performance.md."""

import os
import platform
import random
import statistics
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import config
from portal import create_app
from tools.bench import many, report, rush, scale, seats
from tools.bench.databases import database_for, engines, prepare
from tools.bench.load import Burst, burst
from tools.bench.pages import Place, Weight, places, weigh
from tools.bench.servers import Server, running

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "9"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "1"))
BARE_PORT, PORTAL_PORT = 8591, 8592
SIZES = {"demo": None, "small": many.SMALL, "large": many.LARGE}


@dataclass
class Measured:
    """One page in one set-up: its bursts, those of the bare view beside them, and its weight."""

    bursts: list[Burst] = field(default_factory=list)
    bare: list[Burst] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    weight: Weight | None = None

    @property
    def ratio(self) -> float:
        """Of requests per second, burst by burst, to the bare view's beside it."""
        pairs = zip(self.bursts, self.bare, strict=True)
        return statistics.median(own.per_second / bare.per_second for own, bare in pairs)


@dataclass
class SetUp:
    """An engine with an amount of data."""

    name: str
    pages: dict[str, Measured]
    memory_mb: float
    started_in: float


def measure(name: str, environment: dict[str, str]) -> SetUp:
    os.environ.update(environment)
    app = create_app(config.from_environment())
    app.testing = True
    where = places(app)
    pages: dict[str, Measured] = defaultdict(Measured)
    for label, place in where.items():
        pages[label].weight = weigh(app, place)
    with (
        running("tools.bench.bare:create_app()", BARE_PORT, {}) as bare,
        running("portal:create_app()", PORTAL_PORT, environment) as portal,
    ):
        for _ in range(ROUNDS):
            for label, place in where.items():
                pages[label].bare.append(burst(f"{bare.base}/", SECONDS))
                _measure_one(pages[label], portal, place)
                print(f"  {name}: {label} {pages[label].bursts[-1].per_second:.0f}/s", flush=True)
        return SetUp(name, dict(pages), portal.peak_memory(), portal.started_in)


def _measure_one(page: Measured, portal: Server, place: Place) -> None:
    before = portal.cpu_seconds()
    shown = burst(f"{portal.base}{place.address}", SECONDS, place.cookie)
    page.bursts.append(shown)
    page.cpu_ms.append(1000 * (portal.cpu_seconds() - before) / max(1, shown.requests))
    if shown.failed:
        raise SystemExit(f"{place.address}: {shown.failed} answers were errors")


def main() -> None:
    os.environ["PORTAL_ENV"] = "demo"
    os.environ["PORTAL_BASE_URL"] = f"http://127.0.0.1:{PORTAL_PORT}"
    set_ups = []
    grown, rushed, mixed = {}, {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for engine, server in engines().items():
            asked = {}
            for name, size in SIZES.items():
                data = Path(folder) / f"{engine}-{name}"
                url = database_for(server, f"portal_bench_{name}") if server else ""
                environment = {"PORTAL_DATA_DIR": str(data), "PORTAL_DATABASE_URL": url}
                print(f"{engine}, {name}: preparing", flush=True)
                prepare(environment, size)
                asked[name] = environment
                if name in report.SIZES:
                    set_ups.append(measure(f"{engine}, {report.SIZES[name]}", environment))
            print(f"{engine}: comparing 100 projects with 10,000", flush=True)
            grown[engine] = scale.measure(asked["small"], asked["large"])
            print(f"{engine}: a rush, and {seats.OPERATIONS} mixed operations", flush=True)
            rushed[engine] = rush.measure(asked["demo"], Path(folder) / f"{engine}-demo")
            mixed[engine] = seats.measure(asked["demo"], seats.OPERATIONS, random.randrange(10**6))
    text = report.written(
        set_ups,
        grown,
        rushed,
        mixed,
        machine=f"{os.cpu_count()} cores, Python {platform.python_version()}",
        rounds=ROUNDS,
    )
    Path("docs/performance.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
