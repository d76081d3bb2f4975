"""A release: a folder that is made once and then left alone."""

import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .place import Place
from .programs import SYSTEM_PATH
from .talk import Refused

KEPT = 5


@dataclass(frozen=True)
class Release:
    """
    `code/` is the commit's files, `venv/` its packages, `environment.json` the app's variables (only the app reads them),
    `release.json` everything else, `web.sock` a link to the socket of its `web`,
    `public/` what nginx serves by itself.
    """

    folder: Path

    @property
    def number(self) -> int:
        return int(self.folder.name)

    @property
    def code(self) -> Path:
        return self.folder / "code"

    @property
    def venv(self) -> Path:
        return self.folder / "venv"

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads((self.folder / "release.json").read_text())
        return facts

    @property
    def commit(self) -> str:
        return str(self.facts["commit"])

    @property
    def processes(self) -> dict[str, int]:
        processes: dict[str, int] = self.facts["processes"]
        return processes

    @property
    def served(self) -> bool:
        """Whether it has once taken the place of another: only such a release can be restored."""
        return (self.folder / "served").exists()

    def text(self, name: str) -> str | None:
        """A file of the commit, None where it has none. A link is refused: root reads this, and it could lead anywhere."""
        file = self.code / name
        if file.is_symlink():
            raise Refused(f"{name} of {self.commit} is a link: accepted is a file")
        return file.read_text(errors="replace") if file.is_file() else None

    def procfile(self) -> dict[str, str]:
        """Commands by process type. https://devcenter.heroku.com/articles/procfile#procfile-format"""
        lines = (self.text("Procfile") or "").splitlines()
        found = [re.match(r"^([A-Za-z0-9_-]+):\s*(.+)$", line) for line in lines]
        return {match[1]: match[2].strip() for match in found if match}

    def environment(self, place: Place) -> dict[str, str]:
        """What a process of the app has in its environment: its variables, and where its Python is."""
        own: dict[str, str] = json.loads((self.folder / "environment.json").read_text())
        system = {
            # Before a command's own options, which count: https://docs.gunicorn.org/en/stable/configure.html
            "GUNICORN_CMD_ARGS": self.facts.get("gunicorn", ""),
            "HOME": str(place.home),
            "LANG": "C.UTF-8",
            "PATH": f"{self.venv}/bin:{SYSTEM_PATH}",
            "PYTHONUNBUFFERED": "1",
            "VIRTUAL_ENV": str(self.venv),
        }
        return system | own


def all_releases(place: Place) -> list[Release]:
    """From the oldest to the newest, those that failed among them."""
    folders = [folder for folder in place.releases.iterdir() if folder.name.isdigit()]
    return [Release(folder) for folder in sorted(folders, key=lambda folder: int(folder.name))]


def served(place: Place) -> list[Release]:
    """Those that can be restored."""
    return [release for release in all_releases(place) if release.served]


def current(place: Place) -> Release | None:
    """The release that serves."""
    return Release(place.current.resolve()) if place.current.exists() else None


def point(link: Path, release: Release) -> None:
    """Turns a link to the release, in one step."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(os.path.relpath(release.folder, link.parent))
    new.replace(link)


def tidy(place: Place, spared: set[int]) -> None:
    """Removes releases that never served, such as a power loss leaves: none of them can be restored. `spared` undo migrations."""
    serving = current(place)
    for release in all_releases(place):
        if not release.served and release != serving and release.number not in spared:
            shutil.rmtree(release.folder)


def prune(place: Place, spared: set[int]) -> None:
    """Keeps the newest few that have served, the one that serves, and those that are still needed to undo their migrations."""
    serving = current(place)
    releases = [release for release in served(place) if release != serving and release.number not in spared]
    for release in releases[: max(0, len(releases) - (KEPT - 1))]:
        shutil.rmtree(release.folder)
