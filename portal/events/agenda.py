"""A programme as the office types it: one line per item, "13:00 Eröffnung | mit Musik". Below an
item, each on a line of its own, "- Name, Funktion" for who speaks and "@ Ratssaal" for where."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

MOST_LINES = 80
MOST_SPEAKERS = 12  # of one item
TITLE_LENGTH = 200
NOTE_LENGTH = 300
SPEAKER_LENGTH = 200
PLACE_LENGTH = 160
CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?![0-9.:])(?: ?Uhr\b)?(?P<rest>.*)"
)
LIKE_A_CLOCK = re.compile(r"[0-9]{1,3}[:.][0-9]{2}(?![0-9])|[0-9]{1,2}:[0-9]|[0-9]{1,2} Uhr")
ONE_MORE_CLOCK = re.compile(r"\s*(?:-|–|—|bis)\s*[0-9]{1,2}(?:[:.][0-9]{2}|\s*Uhr)")  # noqa: RUF001
SPEAKS = ("-", "–", "•")  # noqa: RUF001 - word processors make these of hyphens
PLACED = "@"


@dataclass(frozen=True)
class Line:
    """`clock` is "09:05" in Berlin, or empty; `place` is there where it differs from the event's;
    `speakers` are names with what belongs to them, as they were typed."""

    clock: str
    title: str
    note: str = ""
    place: str = ""
    speakers: tuple[str, ...] = ()


LOST = Line("", "")


class Problem(StrEnum):
    NO_SUCH_CLOCK = "no such clock"
    RANGE = "an end, too"
    NO_TITLE = "no title"
    LONG_TITLE = "title too long"
    LONG_NOTE = "note too long"
    TOO_MANY_LINES = "too many lines"
    NO_ITEM = "belongs to no item"
    NO_SPEAKER = "nobody speaks"
    LONG_SPEAKER = "speaker too long"
    TOO_MANY_SPEAKERS = "too many speakers"
    NO_PLACE = "no place"
    LONG_PLACE = "place too long"
    TWO_PLACES = "two places"


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
        typed = " ".join(line.split())
        if not typed:
            continue
        try:
            if typed.startswith((*SPEAKS, PLACED)):
                found[-1:] = [_with_more(found[-1:], typed)]
                continue
            if len(found) == MOST_LINES:
                problems.append((number, Problem.TOO_MANY_LINES))
                break
            found.append(LOST)  # what stands below a bad line still belongs to it
            found[-1] = _line(typed)
        except _BadLine as bad:
            problems.append((number, bad.problem))
    if problems:
        raise BadAgenda(problems)
    return found


def written(lines: Iterable[Line]) -> str:
    """The text that `read` makes these lines of."""
    return "\n".join(part for line in lines for part in _written(line))


def _written(line: Line) -> list[str]:
    head = f"{line.clock} {line.title}".strip() + (f" | {line.note}" if line.note else "")
    place = [f"{PLACED} {line.place}"] if line.place else []
    return [head, *place, *(f"- {speaker}" for speaker in line.speakers)]


def _with_more(above: list[Line], typed: str) -> Line:
    """The item above with what this line adds to it."""
    if not above:
        raise _BadLine(Problem.NO_ITEM)
    item, added = above[0], typed[1:].strip()
    if typed.startswith(PLACED):
        if item.place:
            raise _BadLine(Problem.TWO_PLACES)
        place = _fitting(added, PLACE_LENGTH, Problem.NO_PLACE, Problem.LONG_PLACE)
        return replace(item, place=place)
    if len(item.speakers) == MOST_SPEAKERS:
        raise _BadLine(Problem.TOO_MANY_SPEAKERS)
    speaker = _fitting(added, SPEAKER_LENGTH, Problem.NO_SPEAKER, Problem.LONG_SPEAKER)
    return replace(item, speakers=(*item.speakers, speaker))


def _line(typed: str) -> Line:
    head, _, note = (part.strip() for part in typed.partition("|"))
    clock, title = _clock_and_title(head)
    title = _fitting(title, TITLE_LENGTH, Problem.NO_TITLE, Problem.LONG_TITLE)
    if len(note) > NOTE_LENGTH:
        raise _BadLine(Problem.LONG_NOTE)
    return Line(clock, title, note)


def _fitting(text: str, most: int, missing: Problem, too_long: Problem) -> str:
    if not text:
        raise _BadLine(missing)
    if len(text) > most:
        raise _BadLine(too_long)
    return text


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
