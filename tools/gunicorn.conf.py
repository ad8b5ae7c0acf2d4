"""The web server: gunicorn -c tools/gunicorn.conf.py 'portal:create_app()'."""

import ctypes
import gc
import os
import sys
from pathlib import Path

# One process unless told otherwise (WEB_CONCURRENCY): limits and caches are only shared between
# several where PORTAL_REDIS_URL is set.
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = 3  # more wait for each other: a page is mostly work in Python, hardly waiting
preload_app = True  # read once, shared by all workers; connections are only opened afterwards
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

timeout = 60
graceful_timeout = 10
keepalive = 5

# Nothing is written outside of the data folder: no control socket in the home folder, and the
# heartbeat in memory where there is such a place.
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

loglevel = "warning"
accesslog = None
proc_name = "portal"

M_ARENA_MAX = -8  # malloc.h

# What the start makes stays for ever: no collection need look at it, not while it starts (a fifth
# of that time) and not later, so that the workers keep sharing its memory.
gc.disable()


def pre_fork(server: object, worker: object) -> None:
    gc.freeze()


# In a rush one thread holds the database's write lock while the others want Python: it gets Python
# back ten times sooner after each statement than by default.
SWITCH = 0.0005


def post_fork(server: object, worker: object) -> None:
    gc.enable()
    sys.setswitchinterval(SWITCH)


def _one_arena() -> None:
    """One heap for all threads of a worker: with one each, what one thread gave back no other can
    use (5 MB in each worker). Python's own objects do not lie there, so nobody waits for it."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's; other systems have none
    if mallopt:
        mallopt(M_ARENA_MAX, 1)


_one_arena()
