"""The figures in words and tables: docs/performance.md."""

import statistics
from typing import Any

from tools.bench.rush import row
from tools.bench.scale import QUESTIONS, Question

SIZES = {"demo": "demo data", "large": "10,000 projects, 5,000 partners, 20,000 people"}
HEAD = """# How fast the portal is

Made by `make bench` on a machine with {machine}, client and servers together. Each page was
measured in turn with a bare Flask view that returns 30 kB from memory, under the same server
(gunicorn, 2 workers with 3 threads, 8 connections) and without any page cache; the ratio is the
median of {rounds} bursts, each divided by the bare view's burst beside it. The speed of a shared
machine drifts by a factor of three within minutes; only the ratios can be compared.

To reach with the demo data: the project list at 0.12 of the bare view on SQLite and 0.08 on
PostgreSQL, at most 6 statements and 30 kB of HTML, at most 120 MB per worker, serving within 1.5 s.
Directory, poster and search stay within 6 statements and the office's desk within 10, however many
there are.
"""
COLUMNS = (
    "| page | ratio | requests/s | p50 ms | p99 ms | CPU ms | statements | HTML | gzipped |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
)


GROWN = """## What growth costs

The same page with 10,000 projects (30,000 pictures, 5,000 partners) and with 100 (50 partners), in
turn, each by a process of its own: milliseconds of CPU per answer, that of the database's process
included, without a page cache. What a process keeps until something is published (facets, words of
the page) is kept; "after a publication" is the first answer, which reads it again.
"""


RUSH = """## A rush for places

Registrations through the whole web path (cookie, token, rights, decision, letter, history, 303):
three processes, 40 connections, client and database on the same machine. The ratio is to the bare
view beside it; "other" are answers that were no 303, "faults" what `flask check` would name, a
wrong number of places or not exactly one letter each. To reach: 300 registrations/s on SQLite and
150 on PostgreSQL, p95 at most 500 ms, nothing other, no fault.
"""
RUSHED = (
    "| rush | registrations/s | ratio | p50 ms | p95 ms | p99 ms | CPU ms | other | faults |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
)


def written(
    set_ups: list[Any],
    grown: dict[str, Any],
    rushed: dict[str, Any],
    mixed: dict[str, Any],
    *,
    machine: str,
    rounds: int,
) -> str:
    head = HEAD.format(machine=machine, rounds=rounds)
    sections = [_section(one) for one in set_ups]
    growth = [GROWN, *[_grown(*one) for one in grown.items()]]
    rushes = [RUSH, *[_rushed(engine, one, mixed[engine]) for engine, one in rushed.items()]]
    return "\n".join([head, *sections, *growth, *rushes])


def _rushed(engine: str, scenes: dict[str, Any], mixed: Any) -> str:
    rows = "".join(row(scene, one) for scene, one in scenes.items())
    sync = next(iter(scenes.values())).sync_ms
    done, seconds = mixed
    return (
        f"### {engine}\n\n{RUSHED}{rows}\n"
        f"The disk kept 4 kB in {sync:.1f} ms. {sum(done.values())} mixed operations in"
        f" {seconds:.0f} s agreed with a plain model, one by one.\n"
    )


def _grown(engine: str, pages: dict[str, Any]) -> str:
    head = (
        f"### {engine}\n\n| page | with 100 | with 10,000 | ratio | at most | statements |\n"
        "|---|---:|---:|---:|---:|---:|\n"
    )
    return head + "".join(_grown_row(question, pages[question.label]) for question in QUESTIONS)


def _grown_row(question: Question, page: Any) -> str:
    few, many = statistics.median(page.few), statistics.median(page.many)
    most = f"{question.most:.1f}" if question.most else "none"
    missed = " **missed**" if question.most and page.ratio > question.most else ""
    return (
        f"| {question.label} | {few:.2f} | {many:.2f} | {page.ratio:.2f}{missed} | {most} "
        f"| {page.statements} |\n"
    )


def _section(one: Any) -> str:
    rows = "".join(_row(label, page) for label, page in one.pages.items())
    bare = statistics.median(b.per_second for page in one.pages.values() for b in page.bare)
    return (
        f"## {one.name}\n\n{COLUMNS}{rows}\n"
        f"Bare view: {bare:.0f} requests/s. Peak memory per worker: {one.memory_mb:.0f} MB. "
        f"First answer {one.started_in:.2f} s after the start.\n"
    )


def _row(label: str, page: Any) -> str:
    def middle(values: list[float]) -> float:
        return statistics.median(values)

    p50, p99 = (middle([getattr(b, name) for b in page.bursts]) for name in ("p50", "p99"))
    return (
        f"| {label} | {page.ratio:.3f} | {middle([b.per_second for b in page.bursts]):.0f} "
        f"| {p50:.1f} | {p99:.1f} | {middle(page.cpu_ms):.2f} | {page.weight.statements} "
        f"| {page.weight.html / 1000:.1f} kB | {page.weight.gzipped / 1000:.1f} kB |\n"
    )
