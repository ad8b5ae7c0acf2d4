"""What growth costs: the CPU of a page with 10,000 projects against the same page with 100, in
turn, so that the drift of a shared machine meets both."""

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field

ROUNDS = int(os.environ.get("BENCH_SCALE_ROUNDS", "7"))
REQUESTS = int(os.environ.get("BENCH_SCALE_REQUESTS", "15"))
LIST, FILTERED, SEARCH = 1.3, 3.0, 3.0
MOST_STATEMENTS = 6


@dataclass(frozen=True)
class Question:
    label: str
    address: str
    most: float  # 0 for what has no bound


QUESTIONS = [
    Question("list", "/projekte", LIST),
    Question("list, second page", "/projekte?seite=2", LIST),
    Question("list, by title", "/projekte?sort=titel", LIST),
    Question("topic", "/projekte?thema=energie", FILTERED),
    Question("two topics", "/projekte?thema=energie&thema=it", FILTERED),
    Question("district", "/projekte?stadtbezirk=eving", FILTERED),
    Question(
        "three districts",
        "/projekte?stadtbezirk=eving&stadtbezirk=hoerde&stadtbezirk=mengede",
        FILTERED,
    ),
    Question("phase", "/projekte?phase=in-umsetzung", FILTERED),
    Question(
        "all phases but one",
        "/projekte?phase=idee&phase=in-vorbereitung&phase=pilot&phase=in-umsetzung&phase=in-betrieb",
        FILTERED,
    ),
    Question(
        "topic, district, phase",
        "/projekte?thema=energie&stadtbezirk=eving&phase=in-umsetzung",
        FILTERED,
    ),
    Question("list searched, common word", "/projekte?q=stadt", SEARCH),
    Question("list searched, part of words", "/projekte?q=ich", SEARCH),
    Question("list searched, two common words", "/projekte?q=stadt+energie", SEARCH),
    Question("list searched, rare word", "/projekte?q=mikrodepot", SEARCH),
    Question(
        "list searched and filtered", "/projekte?q=stadt&thema=energie&stadtbezirk=eving", SEARCH
    ),
    Question("list searched, common word, new", "/projekte?q=stadt&neu=1", SEARCH),
    Question("list searched, two common words, new", "/projekte?q=stadt+energie&neu=1", SEARCH),
    Question("search, common word", "/suche?q=stadt", SEARCH),
    Question("search, two common words", "/suche?q=stadt+energie", SEARCH),
    Question("search, one kind", "/suche?q=stadt&art=projekte", SEARCH),
    Question("search, rare word", "/suche?q=mikrodepot", SEARCH),
    Question("search, common word, new", "/suche?q=stadt&neu=1", SEARCH),
    Question("search, two common words, new", "/suche?q=stadt+energie&neu=1", SEARCH),
    Question("search, rare word, new", "/suche?q=mikrodepot&neu=1", SEARCH),
    Question("search, nothing found", "/suche?q=mikrodepto&neu=1", SEARCH),
    Question("start", "/", 0),
    Question("topic, after a publication", "/projekte?thema=energie&frisch=1", 0),
    Question("offers", "/kooperationen", 0),
    Question("offers, by kind", "/kooperationen?art=angebot", 0),
    Question("offers, searched", "/kooperationen?q=sensor", 0),
    Question("partners, searched", "/partner?q=muster", SEARCH),
    Question("partners, filtered", "/partner?art=unternehmen", FILTERED),
]


@dataclass
class Grown:
    """One page: its CPU in milliseconds with few and with many, round by round."""

    few: list[float] = field(default_factory=list)
    many: list[float] = field(default_factory=list)
    statements: int = 0

    @property
    def ratio(self) -> float:
        return statistics.median(self.many) / statistics.median(self.few)


class Asking:
    """A process of its own for each database: what a process keeps belongs to one of them."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tools.bench.asking"],
            env=os.environ | environment | {"PGOPTIONS": "-c max_parallel_workers_per_gather=0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, address: str) -> tuple[float, int]:
        """Milliseconds of CPU, and statements, of one answer."""
        assert self.process.stdin and self.process.stdout
        print(REQUESTS, address, file=self.process.stdin, flush=True)
        cpu, statements, status = self.process.stdout.readline().split()
        if status != "200":
            raise SystemExit(f"{address}: {status}")
        return float(cpu), int(statements)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=20)


def measure(few: dict[str, str], many: dict[str, str]) -> dict[str, Grown]:
    """Under what the environments name: a small and a large alliance on one engine."""
    found = {question.label: Grown() for question in QUESTIONS}
    small, large = Asking(few), Asking(many)
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            grown = found[question.label]
            grown.few.append(small.ask(question.address)[0])
            cpu, grown.statements = large.ask(question.address)
            grown.many.append(cpu)
    small.close()
    large.close()
    return found
