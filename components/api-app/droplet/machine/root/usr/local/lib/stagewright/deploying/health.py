"""Whether a process answers on its socket."""

import http.client
import os
import socket
import time
from pathlib import Path

SECONDS = float(os.environ.get("HEALTH_SECONDS", "60"))


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: Path, host: str) -> None:
        super().__init__(host, timeout=30)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def answers(path: Path, host: str) -> str | None:
    """Asks for `/` as nginx would, until the answer is below 500: gives what is wrong after a minute, None where all is well."""
    end = time.monotonic() + SECONDS
    while True:
        problem = _problem(path, host)
        if problem is None or time.monotonic() >= end:
            return problem
        time.sleep(0.2)


def _problem(path: Path, host: str) -> str | None:
    connection = _Connection(path, host)
    try:
        connection.request("GET", "/", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"no answer ({error or type(error).__name__})"
    finally:
        connection.close()
    return None if status < 500 else f"it answers with HTTP {status}"
