"""Runs programs, the app's own as its user."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .talk import Refused, Talk

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def run(
    command: Sequence[str | Path],
    talk: Talk,
    failure: str,
    *,
    user: str | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Runs it to its end with its output in the log; raises Refused with the sentence `failure` where it fails."""
    with subprocess.Popen(
        [*_as(user), *(str(part) for part in command)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=cwd,
        env={"PATH": os.environ.get("PATH", SYSTEM_PATH), "LANG": "C.UTF-8", **(env or {})},
        start_new_session=True,
    ) as process:
        for line in process.stdout or ():
            talk.log(line)
    if process.returncode != 0:
        raise Refused(f"{failure} (status {process.returncode}): its output is above")


def output(command: Sequence[str | Path], failure: str, env: Mapping[str, str] | None = None) -> bytes:
    """Gives what it prints; raises Refused where it fails."""
    ended = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={**os.environ, **(env or {})},
    )
    if ended.returncode != 0:
        raise Refused(f"{failure}: {ended.stderr.decode(errors='replace').strip()[-300:]}")
    return ended.stdout


def _as(user: str | None) -> list[str]:
    # Whoever is not root is somebody else already: a test is.
    if user is None or os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--no-new-privs", "--"]
