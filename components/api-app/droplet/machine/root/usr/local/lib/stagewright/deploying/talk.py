"""What the command says: a log on standard error, one JSON object on standard output."""

import json
import sys
from contextlib import suppress


class Refused(Exception):
    """Why nothing (more) was done, in one sentence."""


class Talk:
    """Keeps what the caller is told in the end. A caller who has gone does not end a deploy half-way."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        #: The last line of the log that says something.
        self.last = ""

    def log(self, line: str) -> None:
        self.last = line.strip() or self.last
        with suppress(OSError):
            print(line.rstrip("\n"), file=sys.stderr, flush=True)

    def warn(self, sentence: str) -> None:
        self.log(f"warning: {sentence}")
        self.warnings.append(sentence)

    def answer(self, **facts: object) -> None:
        with suppress(OSError):
            print(json.dumps(facts | {"warnings": self.warnings}), flush=True)
