"""One attempt to set the droplet up, and what is known of the last one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from deploying.place import Place
from deploying.talk import Refused, Talk

Step = Callable[[Place, Talk], None]


@dataclass(frozen=True)
class Failure:
    """Of the step that went wrong last."""

    step: str
    reason: str
    attempts: int

    def __str__(self) -> str:
        return f"The set-up of the droplet fails at '{self.step}' and is tried again every 30 seconds: {self.reason}"


def attempt(steps: Mapping[str, Step], place: Place) -> bool:
    """Does all steps, and says that the droplet is ready when the last one has succeeded."""
    talk = Talk()
    place.state.mkdir(parents=True, exist_ok=True)
    before = failure(place)
    for name, step in steps.items():
        talk.log(f"Set-up: {name}")
        try:
            step(place, talk)
        except (Refused, OSError) as error:
            reason = f"{error}; the last line of its log: {talk.last[:200]}"
            _keep(Failure(name, reason, before.attempts + 1 if before else 1), place)
            talk.log(f"{name}: {error}")
            return False
    _file(place).unlink(missing_ok=True)
    (place.state / "ready").touch()
    return True


def failure(place: Place) -> Failure | None:
    """What the last attempt failed at; None where none has failed."""
    try:
        return Failure(**json.loads(_file(place).read_text()))
    except (OSError, ValueError):
        return None


def _keep(failed: Failure, place: Place) -> None:
    new = _file(place).with_suffix(".new")
    new.write_text(json.dumps(asdict(failed)) + "\n")
    new.replace(_file(place))


def _file(place: Place) -> Path:
    return place.state / "setup.json"
