"""What each request does. All but `status` under the lock."""

import json
import shlex
import shutil
from datetime import UTC, datetime

from certificate import problem

from . import foreign
from .build import build
from .limits import apply
from .place import APP, Place
from .programs import BASH, run_as
from .release import Release, all_releases, current, prune, served, tidy
from .repository import Repository
from .request import Deploy, Restore, Run
from .serving import check, serve
from .talk import Refused, Talk
from .units import WEB, Unit, processes, start, stop_others, units_of

MIGRATE = "migrate"


def deploy(request: Deploy, place: Place, talk: Talk) -> None:
    begin(place, talk)
    repository = Repository(place)
    tracked = repository.fetch(request.commit, request.tracked)
    release = _new_release(request, place)
    before = current(place)
    try:
        talk.log(f"Release {release.number}: {request.commit}")
        repository.unpack(request.commit, release.code)
        check(release)
        build(release, place, talk, request.static_files)
        repository.forget(release.code)
        migrations = repository.migrations(request.commit)
        _part(migrations, request, place, talk)
        if request.own_branch is not None and tracked is not None:
            theirs = repository.migrations(tracked)
            _notice(foreign.found(migrations, theirs, request.own_branch, release.number), request, place, talk)
        if request.migrates:
            _command(release, MIGRATE, [], place, talk)
        apply(request.limits, place, talk)
        serve(release, before, place, talk)
    except BaseException:
        # It never served: what serves still does.
        _discard(release, place)
        raise
    if request.own_branch is None:
        # What the tracked branch has by now is its own.
        foreign.keep(place, [entry for entry in foreign.kept(place) if entry.path not in migrations])
    prune(place, {entry.release for entry in foreign.kept(place)})
    talk.answer(release=release.number, commit=request.commit, replaced=before.number if before else None)


def restore(request: Restore, place: Place, talk: Talk) -> None:
    begin(place, talk)
    before = current(place)
    release = next((each for each in served(place) if each.number == request.release), None)
    if release is None:
        known = ", ".join(str(each.number) for each in served(place)) or "none"
        raise Refused(f"There is no release {request.release} to bring back; those that have served and are kept: {known}")
    if before == release:
        talk.answer(release=release.number, commit=release.commit, replaced=release.number)
        return
    serve(release, before, place, talk)
    _remind(place, talk)
    talk.answer(release=release.number, commit=release.commit, replaced=before.number if before else None)


def run_command(request: Run, place: Place, talk: Talk) -> None:
    release = current(place)
    if release is None:
        raise Refused("Nothing is deployed yet")
    stated = release.facts["commands"]
    if request.name not in stated:
        known = ", ".join(sorted(stated)) or "none"
        raise Refused(f"The deploy of {release.commit} stated no command '{request.name}'; stated: {known}")
    _command(release, request.name, request.arguments, place, talk)
    talk.answer(release=release.number, commit=release.commit)


def undo(place: Place, talk: Talk) -> None:
    entries = foreign.kept(place)
    _undo(entries, place, talk)
    talk.answer(undone=[f"{entry.app} {entry.name}" for entry in entries])


def status(place: Place, talk: Talk) -> None:
    release = current(place)
    flagged = [
        {"app": entry.app, "name": entry.name, "branch": entry.branch, "undo": entry.undoing} for entry in foreign.kept(place)
    ]
    if release is None:
        talk.answer(
            release=None,
            commit=None,
            branch=None,
            own=False,
            since=None,
            flagged=flagged,
            processes={},
            certificate=problem(place),
        )
        return
    facts = release.facts
    talk.answer(
        release=release.number,
        commit=release.commit,
        branch=facts["branch"],
        own=facts["own"],
        since=facts["since"],
        flagged=flagged,
        processes=processes(release),
        certificate=problem(place),
    )


def begin(place: Place, talk: Talk) -> None:
    """Puts right what a deploy that was killed has left: its units, its half-made release, its step."""
    serving = current(place)
    stop_others(serving, talk)
    start(units_of(serving), talk)
    tidy(place, {entry.release for entry in foreign.kept(place)})


def _new_release(request: Deploy, place: Place) -> Release:
    last = all_releases(place)[-1:]
    release = Release(place.releases / str(last[0].number + 1 if last else 1))
    release.folder.mkdir(mode=0o755)
    facts = {
        "commit": request.commit,
        "branch": request.own_branch or request.tracked,
        "own": request.own_branch is not None,
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "processes": request.processes,
        "commands": request.commands,
        "gunicorn": request.limits.gunicorn,
    }
    (release.folder / "web.sock").symlink_to(place.socket(Unit(release.number, WEB).instance))
    public = release.folder / "public"
    public.mkdir()
    if request.served is not None:
        folder, url = request.served
        link = public / url.strip("/")
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(release.code / folder)
    (release.folder / "release.json").write_text(json.dumps(facts, indent=2) + "\n")
    secret = release.folder / "environment.json"
    secret.touch(0o600, exist_ok=False)
    secret.write_text(json.dumps(request.variables))
    shutil.chown(secret, APP, APP)
    return release


def _command(release: Release, name: str, arguments: list[str], place: Place, talk: Talk) -> None:
    """As the app's user, with its variables; the arguments are words, whatever they hold."""
    command = release.facts["commands"][name]
    talk.log(f"Running: {' '.join([command, *map(shlex.quote, arguments)])}")
    run_as(
        APP,
        [BASH, "-c", f'{command} "$@"', "bash", *arguments],
        place,
        talk,
        f"'{command}' failed",
        cwd=release.code,
        env=release.environment(place),
        writable=[place.home],
    )


def _notice(entries: list[foreign.Foreign], request: Deploy, place: Place, talk: Talk) -> None:
    """Keeps them in mind before they run: one that breaks off may have done half of its work."""
    if not entries:
        return
    known = {entry.path for entry in foreign.kept(place)}
    foreign.keep(place, foreign.kept(place) + [entry for entry in entries if entry.path not in known])
    verb = "runs" if request.migrates else "brings"
    talk.warn(
        f"{request.own_branch} {verb} migrations that {request.tracked} has not: {foreign.named(entries)}. "
        + ("They are undone before it goes" if request.migrates else "If they are run by hand, undo them before it goes")
    )


def _part(known: set[str], request: Deploy, place: Place, talk: Talk) -> None:
    """Undoes the foreign migrations that the new code does not know; where migrations run by hand, says so instead."""
    entries = [entry for entry in foreign.kept(place) if entry.path not in known]
    if not entries:
        return
    if not request.migrates:
        _remind(place, talk)
        return
    _undo(entries, place, talk)
    talk.warn(f"Undone, because {request.commit} does not know them: {foreign.named(entries)}")


def _undo(entries: list[foreign.Foreign], place: Place, talk: Talk) -> None:
    """Each with the code that brought it, the newest first."""
    for number, words in sorted({(entry.release, entry.undoing) for entry in entries}, reverse=True):
        release = Release(place.releases / str(number))
        _command(release, MIGRATE, words.split(" ")[1:], place, talk)
    foreign.keep(place, [entry for entry in foreign.kept(place) if entry not in entries])


def _remind(place: Place, talk: Talk) -> None:
    entries = foreign.kept(place)
    if entries:
        how = "; ".join(sorted({entry.undoing for entry in entries}))
        branches = ", ".join(sorted({entry.branch for entry in entries}))
        talk.warn(f"Migrations of {branches} are to be undone by hand ('undo' does it): {foreign.named(entries)} ({how})")


def _discard(release: Release, place: Place) -> None:
    if release.number not in {entry.release for entry in foreign.kept(place)}:
        shutil.rmtree(release.folder)
