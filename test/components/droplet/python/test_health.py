"""How long a new release is waited for."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploying.health import answers


@contextmanager
def server(path: Path, statuses: list[int]) -> Iterator[Path]:
    """Answers with each status in turn, and with the last for ever."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            status = statuses.pop(0) if len(statuses) > 1 else statuses[0]
            while self.rfile.readline().strip():
                pass
            self.wfile.write(f"HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())

    with socketserver.ThreadingUnixStreamServer(str(path), Handler) as serving:
        threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield path
        serving.shutdown()


def test_an_error_is_believed_after_seconds_and_silence_after_a_minute(tmp_path: Path) -> None:
    begun = time.monotonic()
    with server(tmp_path / "a", [500]) as path:
        assert answers(path, "host", silence=60, errors=0.5) == "it answers with HTTP 500"
    assert time.monotonic() - begun < 5
    problem = answers(tmp_path / "nobody", "host", silence=0.5, errors=60)
    assert problem is not None
    assert problem.startswith("no answer (")


def test_who_answers_in_the_end_is_well_and_who_never_starts_is_not_waited_for(tmp_path: Path) -> None:
    with server(tmp_path / "a", [503, 502, 404]) as path:
        assert answers(path, "host", errors=30) is None
    assert answers(tmp_path / "nobody", "host", ends=lambda: True) == "it ends as soon as it is started"
