"""
Foreign migrations: those that a developer's own branch brought, which the tracked branch has not. They stay in the database when
the branch goes, so they are kept in mind, and undone with the code that brought them before code serves that does not know them.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from .place import Place


@dataclass(frozen=True)
class Foreign:
    #: Path of the file in the repository: `shop/migrations/0003_price.py`.
    path: str
    branch: str
    #: Number of the release whose code brought it.
    release: int
    #: Where its app's migrations were before: `0002_cart`, or `zero`.
    previous: str

    @property
    def app(self) -> str:
        """Django's label of the app: by default the folder's name."""
        return PurePosixPath(self.path).parent.parent.name

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).stem

    @property
    def undoing(self) -> str:
        """https://docs.djangoproject.com/en/stable/ref/django-admin/#migrate"""
        return f"migrate {self.app} {self.previous}"


def found(own: set[str], tracked: set[str], branch: str, release: int) -> list[Foreign]:
    """Those of an own branch's migration files that the tracked branch has not."""
    result = []
    for path in sorted(own - tracked):
        folder = PurePosixPath(path).parent
        common = sorted(PurePosixPath(other).stem for other in own & tracked if PurePosixPath(other).parent == folder)
        result.append(Foreign(path, branch, release, common[-1] if common else "zero"))
    return result


def kept(place: Place) -> list[Foreign]:
    file = place.state / "foreign.json"
    return [Foreign(**entry) for entry in json.loads(file.read_text())] if file.exists() else []


def keep(place: Place, entries: list[Foreign]) -> None:
    file = place.state / "foreign.json"
    new = file.with_suffix(".new")
    new.write_text(json.dumps([asdict(entry) for entry in entries], indent=2) + "\n")
    new.replace(file)


def named(entries: list[Foreign]) -> str:
    return ", ".join(f"{entry.app} {entry.name}" for entry in entries)
