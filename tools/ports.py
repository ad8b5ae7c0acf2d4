"""The port that `make run` listens on, and whether it answers already."""

import http.client
import os
import socket

from tools.console import fail

HOST = "127.0.0.1"


def chosen() -> int:
    """PORT, if it is one and nobody else has it; said before the set-up takes its minute."""
    text = os.environ.setdefault("PORT", "8000")
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        fail(f"PORT={text} ist kein Port. Zum Beispiel: PORT=8001 make run")
    port = int(text)
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as problem:
            fail(
                f"Port {port} ist nicht frei ({problem.strerror}). "
                "Nehmen Sie einen anderen, zum Beispiel: PORT=8123 make run"
            )
    return port


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
