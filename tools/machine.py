"""What only the system brings: a browser, Java, the database servers of the second run."""

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools.console import say

PORTS = {"postgresql": 5432, "redis": 6379, "rediss": 6379}


@dataclass(frozen=True)
class Program:
    """A program under any of its names, and the Debian package that brings it."""

    what: str
    names: tuple[str, ...]
    package: str

    def found(self) -> bool:
        return any(shutil.which(name) for name in self.names)


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PROGRAMS = (
    Program("Chromium für die Tests im Browser", BROWSERS, "chromium"),
    Program("Java für die HTML-Prüfung", ("java",), "default-jre-headless"),
)


def missing_programs() -> list[str]:
    """A line for each program that is not there, after an attempt to install it where we may."""
    absent = [program for program in PROGRAMS if not program.found()]
    if absent and may_install():
        install([program.package for program in absent])
    return [
        f"{program.what} fehlt (Debian: apt-get install {program.package})"
        for program in absent
        if not program.found()
    ]


def may_install() -> bool:
    about = Path("/etc/os-release")
    debian = about.exists() and "\nID=debian\n" in f"\n{about.read_text()}\n"
    return debian and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def install(names: list[str]) -> None:
    say(f"apt-get install {' '.join(names)}: beim ersten Mal etwa eine Minute")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    quiet = subprocess.DEVNULL
    subprocess.run([*apt, "update"], env=env, stdout=quiet)
    options = ["install", "--yes", "--no-install-recommends"]
    subprocess.run([*apt, *options, *names], env=env, stdout=quiet)


def missing_servers(variables: tuple[str, ...]) -> list[str]:
    """A line for each server that is not named, or does not answer where its variable says."""
    found = []
    for variable in variables:
        address = os.environ.get(variable, "")
        if not address:
            found.append(f"{variable} ist nicht gesetzt")
        elif not listening(address):
            found.append(f"{variable}: dort antwortet kein Server")
    return found


def listening(address: str) -> bool:
    parts = urlsplit(address)
    port = parts.port or PORTS.get(parts.scheme.partition("+")[0], 0)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False
