"""The repository, as GitHub has it: a bare copy without a work tree, which nobody can leave anything in."""

import re
import subprocess
from pathlib import Path

from .place import Place
from .programs import GIT, output
from .talk import Refused

MIGRATION = re.compile(r"(?:^|.*/)migrations/(?!__init__\.py$)[^/]+\.py$")


class Repository:
    def __init__(self, place: Place) -> None:
        self.folder = place.state / "repository.git"
        self._address = place.repository
        key, hosts = place.settings / "repository-key", place.library / "known_hosts"
        # Only this key and only GitHub's own host keys.
        self._env = {
            "GIT_SSH_COMMAND": f"/usr/bin/ssh -F none -i {key} -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes "
            f"-o GlobalKnownHostsFile=none -o UserKnownHostsFile={hosts}",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def fetch(self, commit: str, tracked: str | None) -> str | None:
        """Gets the commit, and the tracked branch: gives its newest commit."""
        if not self.folder.exists():
            self._git("init", "--quiet", "--bare", self.folder, failure="The repository cannot be kept here")
        # https://docs.github.com/en/get-started: GitHub serves any commit that a branch or a pull request has or had.
        self._in("fetch", "--quiet", "--no-tags", self._address, commit, failure=f"{commit} cannot be fetched from GitHub")
        if tracked is None:
            return None
        ref = f"refs/tracked/{tracked}"
        self._in(
            *("fetch", "--quiet", "--no-tags", "--force", self._address, f"refs/heads/{tracked}:{ref}"),
            failure=f"The branch {tracked} cannot be fetched from GitHub",
        )
        return self._in("rev-parse", ref, failure=f"{tracked} has no commit").decode().strip()

    def migrations(self, commit: str) -> set[str]:
        """Paths of the migration files of a commit."""
        listed = self._in("ls-tree", "-r", "--name-only", "-z", commit, failure=f"{commit} cannot be read")
        return {path for path in listed.decode().split("\0") if MIGRATION.match(path)}

    def unpack(self, commit: str, folder: Path) -> None:
        """Writes the files of the commit into a new folder."""
        folder.mkdir()
        archive = self._in("archive", "--format=tar", commit, failure=f"{commit} cannot be read")
        unpacked = subprocess.run(["/usr/bin/tar", "--extract", "--no-same-owner", "--directory", str(folder)], input=archive, check=False)
        if unpacked.returncode != 0:
            raise Refused(f"The files of {commit} cannot be written: is the disk full?")

    def _in(self, *arguments: str | Path, failure: str) -> bytes:
        return self._git("--git-dir", self.folder, *arguments, failure=failure)

    def _git(self, *arguments: str | Path, failure: str) -> bytes:
        return output([GIT, *arguments], failure, self._env)
