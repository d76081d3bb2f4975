"""Makes a release's Python and packages, exactly as the commit locks them."""

import re
from functools import partial
from pathlib import Path

from .place import BUILD, Place
from .programs import BASH, run, run_as
from .release import Release
from .talk import Refused, Talk


def build(release: Release, place: Place, talk: Talk, static_files: str | None) -> None:
    """
    As the user `build`, who has no secret but what the command for the static files needs. In the end the folder is root's: no
    process of the app can change what it runs.
    """
    python = _python(release, place)
    talk.log(f"Python {python}")
    uv = place.library / "tools/bin/uv"
    common = {
        "LANG": "C.UTF-8",
        "UV_PYTHON_INSTALL_DIR": str(place.pythons),
        "UV_NO_CONFIG": "1",
        "UV_SYSTEM_CERTS": "1",
        **place.uv,
    }
    if common.get("UV_PYTHON_PREFERENCE") != "only-system":
        # By root, so that no build can touch it, and where no build can reach; uv knows the checksum of each Python.
        own = {"HOME": str(place.root_cache), "UV_CACHE_DIR": str(place.root_cache / "uv")}
        install: list[str | Path] = [uv, "python", "install", "--no-bin", python]
        run(install, talk, f"Python {python} cannot be installed", env=common | own)
    env = common | {
        "HOME": str(place.build_home),
        "PATH": release.environment(place)["PATH"],
        "UV_CACHE_DIR": str(place.build_home / "uv"),
        "UV_LINK_MODE": "copy",
        "UV_COMPILE_BYTECODE": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(release.venv),
        "VIRTUAL_ENV": str(release.venv),
    }
    release.venv.mkdir()
    _give(release, BUILD, talk)
    step = partial(
        run_as, BUILD, place=place, talk=talk, cwd=release.code, writable=[release.code, release.venv, place.build_home]
    )
    step([uv, "venv", "--python", python, release.venv], failure=f"Python {python} cannot be used", env=env)
    talk.log("Installing the packages")
    step([uv, *_packages(release)], failure=f"The packages of {release.commit} cannot be installed", env=env)
    if static_files is not None:
        talk.log(f"Running: {static_files}")
        app = release.environment(place) | {"HOME": str(place.build_home)}
        step([BASH, "-c", static_files], failure=f"'{static_files}' failed", env=app)
    _give(release, "root", talk)


def _python(release: Release, place: Place) -> str:
    stated = (release.text(".python-version") or place.python).strip()
    if not re.fullmatch(r"3\.\d{1,2}(\.\d{1,3})?", stated):
        raise Refused(f".python-version of {release.commit} says '{stated[:40]}': accepted is a version such as 3.12 or 3.12.8")
    return stated


def _packages(release: Release) -> list[str]:
    if (release.code / "uv.lock").exists():
        return ["sync", "--locked", "--no-dev"]
    requirements = release.text("requirements.txt")
    if requirements is None:
        raise Refused(f"{release.commit} has neither uv.lock nor requirements.txt: which packages it needs is not known")
    hashes = ["--require-hashes"] if "--hash=" in requirements else []
    return ["pip", "install", "--requirement", "requirements.txt", *hashes]


def _give(release: Release, user: str, talk: Talk) -> None:
    """Gives the code and the packages to somebody else."""
    failure = f"{release.folder} cannot be given to {user}"
    folders = [release.code, release.venv]
    run(["/usr/bin/chown", "--recursive", "--no-dereference", f"{user}:", *folders], talk, failure)
    run(["/usr/bin/chmod", "--recursive", "u+rwX,go-w", *folders], talk, failure)
