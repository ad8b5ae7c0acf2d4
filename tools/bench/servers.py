"""Starts gunicorn as in production, and reads from /proc what its workers have used."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

WORKERS = 2
TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 30.0


class Server:
    """A running gunicorn: `started_in` seconds passed until its first answer."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, started_in: float) -> None:
        self.process = process
        self.base = f"http://127.0.0.1:{port}"
        self.started_in = started_in

    def workers(self) -> list[int]:
        folder = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in folder.read_text().split()]

    def cpu_seconds(self) -> float:
        """User and system time of all workers so far."""
        used = 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            used += int(fields[11]) + int(fields[12])
        return used / TICK

    def peak_memory(self) -> float:
        """The largest resident size that any worker ever had, in MB."""
        peaks = [
            int(line.split()[1])
            for pid in self.workers()
            for line in Path(f"/proc/{pid}/status").read_text().splitlines()
            if line.startswith("VmHWM")
        ]
        return max(peaks) / 1024


@contextmanager
def running(
    application: str, port: int, environment: dict[str, str], *, workers: int = WORKERS
) -> Iterator[Server]:
    settings = {
        **os.environ,
        **environment,
        "PORT": str(port),
        "WEB_CONCURRENCY": str(workers),
        "PYTHONPATH": str(Path.cwd()),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "tools/gunicorn.conf.py", application]
    started = time.monotonic()
    process = subprocess.Popen(command, env=settings)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process)
        yield Server(process, port, time.monotonic() - started)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"the server ended with {process.returncode}")
        try:
            with urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"no answer from {address}")
