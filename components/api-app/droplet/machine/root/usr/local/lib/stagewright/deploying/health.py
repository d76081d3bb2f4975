"""Whether a process answers on its socket."""

import http.client
import socket
import time
from collections.abc import Callable
from pathlib import Path

#: How long it may take until it answers at all.
SILENCE_SECONDS = 60.0
#: How long it may answer with an error of its own: no longer, because nothing is learned by waiting.
ERROR_SECONDS = 5.0


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: Path, host: str) -> None:
        super().__init__(host, timeout=30)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def answers(
    path: Path,
    host: str,
    ends: Callable[[], bool] = lambda: False,
    silence: float = SILENCE_SECONDS,
    errors: float = ERROR_SECONDS,
) -> str | None:
    """
    Asks for `/` as nginx would, until the answer is below 500.

    :param ends: whether the process ends whenever it is started, so that there is nothing to wait for
    :param silence: seconds without an answer after which it counts as dead
    :param errors: seconds of answers of 500 and above after which they are believed
    :returns: what is wrong; None where all is well
    """
    begun = time.monotonic()
    first_error: float | None = None
    while True:
        status, problem = _asked(path, host)
        now = time.monotonic()
        if status is not None and status < 500:
            return None
        if status is None:
            first_error = None
            if ends():
                return "it ends as soon as it is started"
            if now - begun >= silence:
                return problem
        else:
            first_error = now if first_error is None else first_error
            if now - first_error >= errors:
                return problem
        time.sleep(0.2)


def _asked(path: Path, host: str) -> tuple[int | None, str]:
    connection = _Connection(path, host)
    try:
        connection.request("GET", "/", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return None, f"no answer ({error or type(error).__name__})"
    finally:
        connection.close()
    return status, f"it answers with HTTP {status}"
