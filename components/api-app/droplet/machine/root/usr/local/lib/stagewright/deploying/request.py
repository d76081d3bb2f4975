"""What the workflow asks for. sshd hands its words over as one text; nothing of it ever reaches a shell."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from .limits import Limits
from .talk import Refused

Value = TypeVar("Value", str, int)

COMMIT = re.compile(r"[0-9a-f]{40}")
# https://git-scm.com/docs/git-check-ref-format
BRANCH = re.compile(r"(?![-/.])(?!.*(?:\.\.|//|@\{|/\.|\.lock(?:/|$)))[^\x00-\x20\x7f~^:?*\[\\]{1,200}(?<![/.])")
KIND = re.compile(r"[A-Za-z0-9_-]{1,64}")
FOLDER = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Set for each process by what starts it; another value would change what is started.
OURS = re.compile(r"PATH|HOME|BASH_ENV|ENV|IFS|SHELLOPTS|BASHOPTS|LD_.*|LISTEN_.*|VIRTUAL_ENV|WEB_CONCURRENCY")
MOST_BYTES = 1_000_000
#: Linux takes no longer text into an environment: MAX_ARG_STRLEN of https://man7.org/linux/man-pages/man2/execve.2.html
LONGEST = 128 * 1024 - 1

ACCEPTED = "deploy COMMIT, own-branch BRANCH COMMIT, restore RELEASE, run NAME, undo, status"


@dataclass(frozen=True)
class Deploy:
    commit: str
    #: A developer's own branch; None for what is tracked.
    own_branch: str | None
    #: The tracked branch; None where tags or releases are.
    tracked: str | None
    variables: dict[str, str]
    processes: dict[str, int]
    #: Commands that may run here later, by name.
    commands: dict[str, str] = field(default_factory=dict)
    #: Whether the command `migrate` runs in each deploy.
    migrates: bool = False
    static_files: str | None = None
    #: Where the collected files are in the repository, and the path under which nginx serves them: `collected`, `/static/`.
    served: tuple[str, str] | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Restore:
    release: int


@dataclass(frozen=True)
class Run:
    name: str
    #: What is typed behind a command that takes arguments.
    arguments: list[str]


@dataclass(frozen=True)
class Undo:
    """Of the migrations that the tracked branch has not."""


@dataclass(frozen=True)
class Status:
    pass


Request = Deploy | Restore | Run | Undo | Status


def parsed(words: str, body: bytes) -> Request:
    """Raises Refused for whatever is not exactly one of the accepted requests."""
    match words.split(" "):
        case ["deploy", commit] if COMMIT.fullmatch(commit):
            return _deploy(commit, None, body)
        case ["own-branch", branch, commit] if BRANCH.fullmatch(branch) and COMMIT.fullmatch(commit):
            return _deploy(commit, branch, body)
        case ["restore", number] if re.fullmatch(r"[1-9][0-9]{0,8}", number):
            return Restore(int(number))
        case ["run", name] if KIND.fullmatch(name):
            arguments = _object(body).get("arguments", [])
            if not isinstance(arguments, list) or not all(isinstance(word, str) for word in arguments):
                _wrong("'arguments' is a list of texts")
            return Run(name, arguments)
        case ["undo"]:
            return Undo()
        case ["status"]:
            return Status()
    raise Refused(f"Not a request: '{_shown(words)}'; accepted: {ACCEPTED}")


def _deploy(commit: str, own_branch: str | None, body: bytes) -> Deploy:
    stated = _object(body)
    unknown = stated.keys() - {"tracked", "variables", "processes", "commands", "migrates", "staticFiles", "served", "limits"}
    if unknown:
        _wrong(f"unknown is {', '.join(sorted(unknown))}")
    variables, processes = _table(stated, "variables", str, VARIABLE), _table(stated, "processes", int, KIND)
    _must_fit(variables)
    tracked, static_files = stated.get("tracked"), stated.get("staticFiles")
    if tracked is not None and not (isinstance(tracked, str) and BRANCH.fullmatch(tracked)):
        _wrong("'tracked' is the name of a branch")
    if own_branch is not None and tracked is None:
        _wrong("an own branch takes the place of a tracked one, which 'tracked' names")
    if static_files is not None and not isinstance(static_files, str):
        _wrong("'staticFiles' is a command")
    if any(not 0 <= quantity <= 100 for quantity in processes.values()):
        _wrong("a process type runs 0 to 100 times")
    commands = _table(stated, "commands", str, KIND)
    migrates = stated.get("migrates", False)
    if not isinstance(migrates, bool) or (migrates and "migrate" not in commands):
        _wrong("'migrates' is true or false, and true needs the command 'migrate'")
    return Deploy(
        commit,
        own_branch,
        tracked,
        variables,
        processes,
        commands,
        migrates,
        static_files,
        _served(stated),
        _limits(stated),
    )


def _served(stated: dict[str, Any]) -> tuple[str, str] | None:
    if "served" not in stated:
        return None
    served = _table(stated, "served", str, KIND)
    folder, url = served.get("folder", ""), served.get("url", "")
    if served.keys() != {"folder", "url"} or not FOLDER.fullmatch(folder) or not FOLDER.fullmatch(url.strip("/")):
        _wrong("'served' has a 'folder' such as collected and a 'url' such as /static/")
    return folder, url


def _limits(stated: dict[str, Any]) -> Limits:
    limits = _table(stated, "limits", int, KIND)
    known = {"requestSeconds": "request_seconds", "stopSeconds": "stop_seconds", "uploadMegabytes": "upload_megabytes"}
    if limits.keys() - known or any(not 1 <= value <= 10_000 for value in limits.values()):
        _wrong(f"'limits' has numbers from 1 to 10000 for {', '.join(known)}")
    return Limits(**{known[name]: value for name, value in limits.items()})


def _must_fit(variables: dict[str, str]) -> None:
    """Into the environment of a process. Only names are said: a value may be a secret."""
    for name, value in variables.items():
        if OURS.fullmatch(name):
            _wrong(f"'variables.{name}' is the droplet's own to set")
        if "\0" in value:
            _wrong(f"'variables.{name}' holds a NUL, which no environment can")
        try:
            size = len(f"{name}={value}".encode())
        except UnicodeEncodeError:
            _wrong(f"'variables.{name}' is not Unicode text: it holds half of a surrogate pair")
        if size > LONGEST:
            _wrong(f"'variables.{name}' has {size} bytes with its name: Linux takes at most {LONGEST}")


def _object(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_BYTES:
        _wrong(f"it is larger than {MOST_BYTES} bytes")
    try:
        stated = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        stated = None
    if not isinstance(stated, dict):
        _wrong("it is not a JSON object")
    return stated


def _table(stated: dict[str, Any], key: str, kind: type[Value], names: re.Pattern[str]) -> dict[str, Value]:
    table = stated.get(key, {})
    if not isinstance(table, dict):
        _wrong(f"'{key}' is an object")
    for name, value in table.items():
        if not names.fullmatch(name):
            _wrong(f"'{_shown(name)}' is no name in '{key}'")
        # The value may be a secret: only its name is said.
        if not isinstance(value, kind) or isinstance(value, bool):
            _wrong(f"'{key}.{name}' is {'a text' if kind is str else 'a number'}")
    return table


def _wrong(what: str) -> NoReturn:
    raise Refused(f"The standard input of the request is wrong: {what}")


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text[:80])
