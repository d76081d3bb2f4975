"""Lets another release serve: it is started beside the one that does, and takes its place when it has shown that it can."""

import time
from pathlib import Path

from .health import answers
from .place import Place
from .programs import output
from .release import Release, point
from .talk import Refused, Talk
from .units import Unit, must_stay_up, show_journal, start, state, stop, units_of, web_of, workers_of

SS = "/usr/bin/ss"
#: How long what has been asked of the old release may wait for one of its workers.
DRAIN_SECONDS = 60.0


def check(release: Release) -> None:
    """Raises Refused where the commit has no command for a process that is to run."""
    has = release.procfile()
    missing = sorted(kind for kind, quantity in release.processes.items() if quantity > 0 and kind not in has)
    if missing:
        raise Refused(f"The Procfile of {release.commit} has no process type {', '.join(missing)}")


def serve(release: Release, before: Release | None, place: Place, talk: Talk) -> None:
    """
    Starts `web` with all its workers on a socket of its own, asks it, and then turns `current` to the release: nginx finds code
    and socket through it, so the next request goes there. The old `web` runs until all others have shown that they stay up;
    then it answers what it has been asked, and ends. The others are never there twice: a schedule must not run in two.

    :raises Refused: where the release does not serve; the one from before serves then
    """
    web = web_of(release)
    try:
        if web is not None:
            start([web], talk)
            _must_answer(web, release, place, talk)
        point(place.current, release)
        stop(workers_of(before), talk)
        start(workers_of(release), talk)
        must_stay_up(units_of(release), talk)
    except BaseException:
        _back(release, before, place, talk)
        raise
    (release.folder / "served").touch()
    old = web_of(before)
    if old is not None:
        _drain(old, place)
        stop([old], talk)


def _back(release: Release, before: Release | None, place: Place, talk: Talk) -> None:
    """Its `web` still runs: nobody has noticed."""
    if before is not None:
        point(place.current, before)
    else:
        place.current.unlink(missing_ok=True)
    stop(workers_of(release), talk)
    start(workers_of(before), talk)
    web = web_of(release)
    if web is not None:
        _drain(web, place)
        stop([web], talk)


def _must_answer(web: Unit, release: Release, place: Place, talk: Talk) -> None:
    problem = answers(place.socket(web.instance), place.host, lambda: state(web).restarts > 1)
    if problem is not None:
        show_journal(web, talk)
        raise Refused(f"Release {release.number} ({release.commit}) does not serve: {problem}")


def _drain(web: Unit, place: Place) -> None:
    """Waits until nothing waits in its socket any more. What its workers have taken, they finish by themselves."""
    end = time.monotonic() + DRAIN_SECONDS
    while _waiting(place.socket(web.instance)) and state(web).active and time.monotonic() < end:
        time.sleep(0.1)


def _waiting(socket: Path) -> bool:
    listed = output([SS, "--no-header", "--unix", "--listening", "src", str(socket)], "ss lists no sockets").decode()
    return any(int(line.split()[2]) > 0 for line in listed.splitlines() if line.strip())
