"""Where things are on the droplet."""

import json
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """All paths, below a root: `/`, or a folder of a test."""

    root: Path
    #: Public host name of the API.
    host: str
    #: What git clones: `git@github.com:owner/name.git`.
    repository: str
    #: Python of commits that state none.
    python: str
    #: Who runs the app and who builds it.
    app_user: str
    build_user: str

    @staticmethod
    def here() -> "Place":
        # Only a test has another root: sudo and systemd pass this variable on to nobody.
        base = Path(os.environ.get("STAGEWRIGHT_ROOT", "/"))
        stated = json.loads((base / "etc/stagewright/server.json").read_text())
        users = stated.get("users", {"app": "app", "build": "build"})
        return Place(base, stated["host"], stated["repository"], stated["python"], users["app"], users["build"])

    @property
    def settings(self) -> Path:
        return self.root / "etc/stagewright"

    @property
    def library(self) -> Path:
        return self.root / "usr/local/lib/stagewright"

    @property
    def state(self) -> Path:
        return self.root / "var/lib/stagewright"

    @property
    def cache(self) -> Path:
        return self.root / "var/cache/stagewright"

    @property
    def home(self) -> Path:
        """The app's own folder, the one it may write to."""
        return self.root / "var/lib/app"

    @property
    def pythons(self) -> Path:
        return self.root / "opt/python"

    @property
    def releases(self) -> Path:
        return self.root / "srv/app/releases"

    @property
    def current(self) -> Path:
        """Link to the release that serves."""
        return self.root / "srv/app/current"

    @property
    def candidate(self) -> Path:
        """Link to the release that is tried before it serves."""
        return self.root / "srv/app/candidate"

    def socket(self, process: str) -> Path:
        return self.root / f"run/app/{process}.sock"
