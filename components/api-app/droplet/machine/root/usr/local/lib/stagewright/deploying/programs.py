"""Runs programs: root's by their full paths in an environment of its own, everybody else's in a unit that systemd makes."""

import json
import secrets
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .place import Place
from .sandbox import properties
from .talk import Refused, Talk

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
BASH = "/bin/bash"
SYSTEMCTL = "/usr/bin/systemctl"
JOURNALCTL = "/usr/bin/journalctl"
SYSTEMD_RUN = "/usr/bin/systemd-run"
GIT = "/usr/bin/git"
#: The units of what runs as another user. Each has a name of its own: systemd forgets one only some time after its end.
STEP = "stagewright-step-*.service"


def run(
    command: Sequence[str | Path],
    talk: Talk,
    failure: str,
    *,
    env: Mapping[str, str] | None = None,
    given: bytes | None = None,
) -> None:
    """
    Runs a program as root with its output in the log, and waits for it.

    :param command: a full path and its arguments; no search path has a say in what root starts
    :param env: what it has in its environment besides PATH, HOME and LANG; never a variable of the app
    :param given: its standard input
    :raises Refused: with the sentence `failure`, where it fails
    """
    with subprocess.Popen(
        _checked(command),
        stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=_roots(env),
        start_new_session=True,
    ) as process:
        if process.stdin is not None:
            process.stdin.write(given or b"")
            process.stdin.close()
        for line in process.stdout or ():
            talk.log(line.decode(errors="replace"))
    if process.returncode != 0:
        raise Refused(f"{failure} (status {process.returncode}): its output is above")


def output(command: Sequence[str | Path], failure: str, env: Mapping[str, str] | None = None) -> bytes:
    """Runs a program as root and gives what it prints; raises Refused where it fails."""
    ended = subprocess.run(
        _checked(command), stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd="/", env=_roots(env)
    )
    if ended.returncode != 0:
        raise Refused(f"{failure}: {ended.stderr.decode(errors='replace').strip()[-300:]}")
    return ended.stdout


def run_as(
    user: str,
    command: Sequence[str | Path],
    place: Place,
    talk: Talk,
    failure: str,
    *,
    cwd: Path,
    env: Mapping[str, str],
    writable: Sequence[Path],
) -> None:
    """
    Runs a program as `app` or `build` in a unit of its own: whatever it leaves running ends with it, and it can write nowhere but
    where it is told. systemd changes the user; the command and its environment come behind that, over standard input, so they
    decide nothing before it and no process list shows them.
    """
    told = json.dumps({"command": [str(part) for part in command], "environment": dict(env)}).encode()
    unit = [
        "--quiet",
        "--wait",
        "--pipe",
        "--collect",
        "--service-type=exec",
        f"--unit={STEP.replace('*', secrets.token_hex(6))}",
    ]
    stated = [f"--property={line}" for line in properties(user, cwd, writable)]
    run([SYSTEMD_RUN, *unit, *stated, "--", place.library / "told"], talk, failure, given=told)


def _checked(command: Sequence[str | Path]) -> list[str]:
    words = [str(part) for part in command]
    if not words[0].startswith("/"):
        raise ValueError(f"root starts programs by their full paths, not {words[0]}")
    return words


def _roots(env: Mapping[str, str] | None) -> dict[str, str]:
    return {"PATH": SYSTEM_PATH, "HOME": "/root", "LANG": "C.UTF-8", **(env or {})}
