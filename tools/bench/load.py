"""The load: wrk, a client in C, so that it takes little of the two cores that it shares."""

import re
import shutil
import subprocess
from dataclasses import dataclass

CONNECTIONS = 8
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Burst:
    """What one burst showed; times in milliseconds."""

    requests: int
    per_second: float
    p50: float
    p99: float
    failed: int


def wrk() -> str:
    found = shutil.which("wrk")
    if not found:
        raise SystemExit("make bench needs wrk: apt-get install wrk")
    return found


def burst(address: str, seconds: int, cookie: str = "") -> Burst:
    identity = ["-H", f"Cookie: {cookie}"] if cookie else []
    done = subprocess.run(
        [wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *identity, address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    return Burst(
        requests=int(_found(r"(\d+) requests in", done)),
        per_second=float(_found(r"Requests/sec:\s+([\d.]+)", done)),
        p50=_time(_found(r"(?m)^\s+50%\s+(\S+)", done)),
        p99=_time(_found(r"(?m)^\s+99%\s+(\S+)", done)),
        failed=int(failed[1]) if failed else 0,
    )


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if not match:
        raise SystemExit(f"wrk said something unexpected:\n{text}")
    return match[1]


def _time(text: str) -> float:
    match = re.fullmatch(r"([\d.]+)(us|ms|s)", text)
    if not match:
        raise SystemExit(f"wrk said an unexpected time: {text}")
    return float(match[1]) * UNITS[match[2]]
