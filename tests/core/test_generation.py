"""What is kept per public generation is read once, also by threads that ask at the same time."""

import threading
from contextlib import suppress

from flask import Flask

from portal.core.database import db, transaction
from portal.core.generation import once_per_generation, raise_generation

THREADS = 4


def asked_at_once(app: Flask) -> tuple[int, set[int]]:
    """How often it was read, and what the threads were given."""
    reads: list[int] = []
    given: list[int] = []
    barrier, inside = threading.Barrier(THREADS), threading.Barrier(THREADS)

    @once_per_generation
    def slow() -> int:
        """Waits for the others to read as well, which they must not."""
        reads.append(1)
        with suppress(threading.BrokenBarrierError):
            inside.wait(1)
        return len(reads)

    def ask() -> None:
        with app.app_context():
            with transaction(writing=False):  # as a page does: on SQLite one alone may write
                barrier.wait()
                given.append(slow())
            db.session.remove()

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == THREADS
    return len(reads), set(given)


def test_threads_wait_for_the_one_that_reads(app: Flask) -> None:
    assert asked_at_once(app) == (1, {1})


def test_it_is_read_again_after_a_publication(app: Flask) -> None:
    reads: list[int] = []

    @once_per_generation
    def kept() -> int:
        reads.append(1)
        return len(reads)

    before = [kept(), kept()]
    raise_generation()
    db.session.commit()

    assert before + [kept(), kept()] == [1, 1, 2, 2]
