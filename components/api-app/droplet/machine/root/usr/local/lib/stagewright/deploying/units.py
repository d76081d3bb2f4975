"""systemd's units of a release: `app@7-web` with its socket, `app@7-worker.1`, `app@7-worker.2`, …"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from .programs import JOURNALCTL, STEP, SYSTEMCTL, output, run
from .release import Release
from .talk import Refused, Talk

WEB = "web"
#: How long each process of a new release must have run before the old one goes.
STAYS_UP_SECONDS = 10.0


@dataclass(frozen=True)
class Unit:
    """One service. `web` is one, whose quantity is its workers; of the other process types each has one."""

    release: int
    kind: str
    index: int | None = None

    @property
    def instance(self) -> str:
        return f"{self.release}-{self.kind}" + ("" if self.index is None else f".{self.index}")

    @property
    def service(self) -> str:
        return f"app@{self.instance}.service"

    @property
    def socket(self) -> str:
        return f"app@{self.instance}.socket"


@dataclass(frozen=True)
class State:
    active: bool
    #: How often systemd has started it again since it was started.
    restarts: int


def units_of(release: Release | None) -> list[Unit]:
    """In the order of their names; none for no release."""
    if release is None:
        return []
    found = []
    for kind, quantity in sorted(release.processes.items()):
        if kind == WEB and quantity > 0:
            found.append(Unit(release.number, WEB))
        elif kind != WEB:
            found += [Unit(release.number, kind, index) for index in range(1, quantity + 1)]
    return found


def web_of(release: Release | None) -> Unit | None:
    return next((unit for unit in units_of(release) if unit.kind == WEB), None)


def workers_of(release: Release | None) -> list[Unit]:
    return [unit for unit in units_of(release) if unit.kind != WEB]


def start(units: Iterable[Unit], talk: Talk) -> None:
    for unit in units:
        names = [unit.socket, unit.service] if unit.kind == WEB else [unit.service]
        run([SYSTEMCTL, "start", *names], talk, f"systemd cannot start {unit.service}")


def stop(units: Iterable[Unit], talk: Talk) -> None:
    names = [name for unit in units for name in ([unit.socket] if unit.kind == WEB else []) + [unit.service]]
    if names:
        run([SYSTEMCTL, "stop", *names], talk, f"systemd cannot stop {', '.join(names)}")


def stop_others(release: Release | None, talk: Talk) -> None:
    """Ends what a deploy that was killed has left running."""
    listed = output([SYSTEMCTL, "list-units", "--all", "--plain", "--no-legend", "app@*", STEP], "systemd lists no units")
    own = {name for unit in units_of(release) for name in (unit.socket, unit.service)}
    left = [line.split()[0] for line in listed.decode().splitlines() if line.strip()]
    others = [name for name in left if name not in own]
    if others:
        run([SYSTEMCTL, "stop", *others], talk, f"systemd cannot stop {', '.join(others)}")


def state(unit: Unit) -> State:
    shown = output([SYSTEMCTL, "show", "--property=ActiveState,NRestarts", unit.service], "systemd shows no state")
    facts = dict(line.split("=", 1) for line in shown.decode().splitlines() if "=" in line)
    return State(facts.get("ActiveState") == "active", int(facts.get("NRestarts") or 0))


def must_stay_up(units: list[Unit], talk: Talk, seconds: float = STAYS_UP_SECONDS) -> None:
    """Raises Refused where one of them ends within this time; nothing that ends at once was started again in vain."""
    end = time.monotonic() + seconds
    while units:
        for unit in units:
            now = state(unit)
            if not now.active or now.restarts > 0:
                show_journal(unit, talk)
                raise Refused(f"The process {unit.kind} of release {unit.release} does not stay up: its log is above")
        if time.monotonic() >= end:
            return
        time.sleep(0.5)


def show_journal(unit: Unit, talk: Talk) -> None:
    words = ["--unit", unit.service, "--lines", "40", "--output", "cat", "--no-pager"]
    run([JOURNALCTL, *words], talk, "systemd has no journal")


def processes(release: Release | None) -> dict[str, dict[str, object]]:
    """What runs of a release, for `status`."""
    states = {unit.instance.partition("-")[2]: state(unit) for unit in units_of(release)}
    return {name: {"runs": each.active, "restarts": each.restarts} for name, each in states.items()}
