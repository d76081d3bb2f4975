"""Where things are on the droplet."""

import json
from dataclasses import dataclass, field
from pathlib import Path

APP = "app"
BUILD = "build"


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
    #: Variables of uv where this network has mirrors of its own: `UV_DEFAULT_INDEX`.
    uv: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def at(root: Path = Path("/")) -> "Place":
        """As `/etc/stagewright/server.json` states it."""
        stated = json.loads((root / "etc/stagewright/server.json").read_text())
        return Place(root, stated["host"], stated["repository"], stated["python"], stated.get("uv", {}))

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
    def root_cache(self) -> Path:
        """Of what root runs. Nobody else can write there, and root writes nowhere that somebody else can."""
        return self.root / "var/cache/stagewright"

    @property
    def build_home(self) -> Path:
        """The user `build`'s own folder, with its cache."""
        return self.root / "var/cache/build"

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

    def socket(self, instance: str) -> Path:
        """Of the unit `app@INSTANCE.socket`."""
        return self.root / f"run/app/{instance}.sock"
