"""The repository, as GitHub has it: a bare copy without a work tree, which nobody can leave anything in."""

import re
import shutil
from pathlib import Path

from .place import Place
from .programs import GIT, output
from .talk import Refused

MIGRATION = re.compile(r"(?:^|.*/)migrations/(?!__init__\.py$)[^/]+\.py$")
SUBMODULE = re.compile(rb"160000 commit [0-9a-f]+\t(.+)", re.DOTALL)
# https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md#the-pointer
POINTER = b"version https://git-lfs.github.com/spec/v1"


class Repository:
    def __init__(self, place: Place) -> None:
        self.folder = place.state / "repository.git"
        self._address = place.repository
        key, hosts = place.settings / "repository-key", place.library / "known_hosts"
        # Only this key and only GitHub's own host keys.
        self._env = {
            "GIT_SSH_COMMAND": f"/usr/bin/ssh -F none -i {key} -o IdentitiesOnly=yes -o BatchMode=yes "
            f"-o StrictHostKeyChecking=yes -o GlobalKnownHostsFile=none -o UserKnownHostsFile={hosts}",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def fetch(self, commit: str, tracked: str | None) -> str | None:
        """Gets the commit, all tags, and the tracked branch: gives its newest commit."""
        if not (self.folder / "HEAD").exists():
            self._git("init", "--quiet", "--bare", self.folder, failure="The repository cannot be kept here")
        # https://docs.github.com/en/get-started: GitHub serves any commit that a branch or a pull request has or had.
        self._in("fetch", "--quiet", "--no-tags", self._address, commit, failure=f"{commit} cannot be fetched from GitHub")
        # A package may take its version from them.
        tags = "+refs/tags/*:refs/tags/*"
        self._in(
            "fetch", "--quiet", "--no-tags", "--prune", self._address, tags, failure="The tags cannot be fetched from GitHub"
        )
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
        return {path for path in map(_path, self._listed(commit)) if MIGRATION.match(path)}

    def unpack(self, commit: str, folder: Path) -> None:
        """
        Writes the files of the commit into a new folder, whatever `.gitattributes` has to say of archives. `.git` is there for
        the build, which may ask for the commit and its tags; it has no objects of its own.

        :raises Refused: where the commit is not all there: a submodule or a file in Git LFS is somewhere else
        """
        for entry in self._listed(commit):
            found = SUBMODULE.fullmatch(entry)
            if found:
                path = found[1].decode(errors="replace")
                raise Refused(f"{commit} has the submodule {path}, which a droplet does not fetch: its key reads one repository")
        failure = f"The files of {commit} cannot be written"
        clone: list[str | Path] = ["clone", "--quiet", "--shared", "--no-checkout", self.folder, folder]
        self._git(*clone, failure=failure)
        inside: list[str | Path] = ["-C", folder, "-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false"]
        self._git(*inside, "checkout", "--quiet", "--detach", commit, failure=failure)
        self._git(*inside, "remote", "remove", "origin", failure=failure)
        for entry in self._listed(commit):
            path = folder / _path(entry)
            if path.is_file() and not path.is_symlink() and path.stat().st_size < 1024 and path.read_bytes().startswith(POINTER):
                raise Refused(f"{path.relative_to(folder)} of {commit} is in Git LFS, which a droplet does not fetch")

    def forget(self, folder: Path) -> None:
        """Removes what the build knew of git."""
        shutil.rmtree(folder / ".git", ignore_errors=True)

    def _listed(self, commit: str) -> list[bytes]:
        listed = self._in("ls-tree", "-r", "-z", commit, failure=f"{commit} cannot be read")
        return [entry for entry in listed.split(b"\0") if entry]

    def _in(self, *arguments: str | Path, failure: str) -> bytes:
        return self._git("--git-dir", self.folder, *arguments, failure=failure)

    def _git(self, *arguments: str | Path, failure: str) -> bytes:
        return output([GIT, *arguments], failure, self._env)


def _path(entry: bytes) -> str:
    return entry.partition(b"\t")[2].decode(errors="surrogateescape")
