"""The processes of a release, as systemd's units."""

from .health import answers
from .place import Place
from .programs import run
from .release import Release, point
from .talk import Refused, Talk

WEB = "web"
CANDIDATE = "candidate"


def check(release: Release) -> None:
    """Raises Refused where the commit has no command for a process that is to run."""
    has = release.procfile()
    missing = sorted(kind for kind, quantity in release.processes.items() if quantity > 0 and kind not in has)
    if missing:
        raise Refused(f"The Procfile of {release.commit} has no process type {', '.join(missing)}")


def units(release: Release | None) -> list[str]:
    """`web` is one unit, whose quantity is its gunicorn's workers; of the others each has one."""
    if release is None:
        return []
    names = []
    for kind, quantity in sorted(release.processes.items()):
        if kind == WEB and quantity > 0:
            names += ["app@web.socket", "app@web.service"]
        elif kind != WEB:
            names += [f"app@{kind}.{index}.service" for index in range(1, quantity + 1)]
    return names


def try_out(release: Release, place: Place, talk: Talk) -> None:
    """Starts the release beside the one that serves and asks it for an answer; raises Refused where it gives none."""
    if "app@web.service" not in units(release):
        return
    point(place.candidate, release)
    socket, service = f"app@{CANDIDATE}.socket", f"app@{CANDIDATE}.service"
    failure = f"systemd cannot try out release {release.number}"
    try:
        _systemctl(talk, failure, "restart", socket)
        _systemctl(talk, failure, "restart", service)
        _must_answer(release, place, CANDIDATE, talk)
    finally:
        _systemctl(talk, failure, "stop", socket, service)
        place.candidate.unlink()


def serve(release: Release, before: Release | None, place: Place, talk: Talk) -> None:
    """Turns `current` to the release and restarts its processes; raises Refused where it then gives no answer."""
    point(place.current, release)
    failure = f"systemd cannot run release {release.number}"
    gone = [unit for unit in units(before) if unit not in units(release)]
    if gone:
        _systemctl(talk, failure, "disable", "--now", *gone)
    for unit in units(release):
        _systemctl(talk, failure, "enable", "--quiet", unit)
        # The socket stays: what is asked meanwhile waits in it.
        _systemctl(talk, failure, "start" if unit.endswith(".socket") else "restart", unit)
    if "app@web.service" in units(release):
        _must_answer(release, place, WEB, talk)


def _must_answer(release: Release, place: Place, process: str, talk: Talk) -> None:
    problem = answers(place.socket(process), place.host)
    if problem is not None:
        journal = ["journalctl", "--unit", f"app@{process}.service", "--lines", "40", "--output", "cat", "--no-pager"]
        run(journal, talk, "systemd has no journal")
        raise Refused(f"Release {release.number} ({release.commit}) does not serve: {problem}")


def _systemctl(talk: Talk, failure: str, *arguments: str) -> None:
    run(["systemctl", *arguments], talk, failure)
