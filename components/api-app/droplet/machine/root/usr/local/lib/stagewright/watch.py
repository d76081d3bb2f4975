"""
Whether the app is well, for who watches the droplet from outside: nginx answers `/.well-known/stagewright` with 200 for as long
as the file is there. systemd starts a process again for ever; one that ends again and again is told here.
"""

import json
from collections.abc import Mapping

from deploying.place import Place
from deploying.talk import Talk
from deploying.units import State


def look(states: Mapping[str, State], place: Place, talk: Talk) -> None:
    """Compares with the last look: well is who runs and has not been started again since."""
    folder = place.root / "run/stagewright"
    folder.mkdir(parents=True, exist_ok=True)
    counts, well = folder / "restarts.json", folder / "well"
    try:
        before: dict[str, int] = json.loads(counts.read_text())
    except (OSError, ValueError):
        before = {}
    ill = [
        f"{name} {'was started again' if state.active else 'does not run'}"
        for name, state in states.items()
        if not state.active or state.restarts > before.get(name, state.restarts)
    ]
    counts.write_text(json.dumps({name: state.restarts for name, state in states.items()}))
    if ill:
        well.unlink(missing_ok=True)
        talk.log(f"Not well: {', '.join(ill)}")
    else:
        well.write_text("well\n")
