"""A programme as the office types it: one line per item, "13:00 Eröffnung | Ratssaal"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_LINES = 80
TITLE_LENGTH = 200
NOTE_LENGTH = 300
CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?![0-9.:])(?: ?Uhr\b)?(?P<rest>.*)"
)
LIKE_A_CLOCK = re.compile(r"[0-9]{1,3}[:.][0-9]{2}(?![0-9])|[0-9]{1,2}:[0-9]|[0-9]{1,2} Uhr")
ONE_MORE_CLOCK = re.compile(r"\s*(?:-|–|—|bis)\s*[0-9]{1,2}(?:[:.][0-9]{2}|\s*Uhr)")  # noqa: RUF001


@dataclass(frozen=True)
class Line:
    """`clock` is "09:05" in Berlin, or empty."""

    clock: str
    title: str
    note: str = ""


class Problem(StrEnum):
    NO_SUCH_CLOCK = "no such clock"
    RANGE = "an end, too"
    NO_TITLE = "no title"
    LONG_TITLE = "title too long"
    LONG_NOTE = "note too long"
    TOO_MANY_LINES = "too many lines"


class BadAgenda(ValueError):
    """`problems` names each line that could not be read, counted from 1."""

    def __init__(self, problems: list[tuple[int, Problem]]) -> None:
        super().__init__(str(problems))
        self.problems = problems


class _BadLine(ValueError):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read(text: str) -> list[Line]:
    """The items in their order; empty lines are skipped. Raises BadAgenda."""
    found: list[Line] = []
    problems: list[tuple[int, Problem]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if len(found) == MOST_LINES:
            problems.append((number, Problem.TOO_MANY_LINES))
            break
        try:
            found.append(_line(line))
        except _BadLine as bad:
            problems.append((number, bad.problem))
    if problems:
        raise BadAgenda(problems)
    return found


def written(lines: Iterable[Line]) -> str:
    """The text that `read` makes these lines of."""
    return "\n".join(
        f"{line.clock} {line.title}".strip() + (f" | {line.note}" if line.note else "")
        for line in lines
    )


def _line(line: str) -> Line:
    head, _, note = (" ".join(part.split()) for part in line.partition("|"))
    clock, title = _clock_and_title(head)
    if not title:
        raise _BadLine(Problem.NO_TITLE)
    if len(title) > TITLE_LENGTH:
        raise _BadLine(Problem.LONG_TITLE)
    if len(note) > NOTE_LENGTH:
        raise _BadLine(Problem.LONG_NOTE)
    return Line(clock, title, note)


def _clock_and_title(head: str) -> tuple[str, str]:
    match = CLOCK.match(head)
    if match is None:
        if LIKE_A_CLOCK.match(head):
            raise _BadLine(Problem.NO_SUCH_CLOCK)
        return "", head
    hour, minute, rest = int(match["hour"]), int(match["minute"]), match["rest"]
    if hour > 23 or minute > 59:
        raise _BadLine(Problem.NO_SUCH_CLOCK)
    if ONE_MORE_CLOCK.match(rest):
        raise _BadLine(Problem.RANGE)
    return f"{hour:02}:{minute:02}", rest.strip()
