"""What the deploy command takes, and what it says of the rest."""

import json
import re

import pytest

from deploying.request import LONGEST, MOST_BYTES, Deploy, Restore, Run, Status, Undo, parsed
from deploying.talk import Refused

COMMIT = "a" * 40


def body(**stated: object) -> bytes:
    return json.dumps(stated).encode()


def deploy(**variables: str) -> Deploy:
    request = parsed(f"deploy {COMMIT}", body(variables=variables))
    assert isinstance(request, Deploy)
    return request


def test_each_request_is_taken() -> None:
    assert deploy(A="b").variables == {"A": "b"}
    assert parsed("restore 12", b"") == Restore(12)
    assert parsed("run verify", body(arguments=["a b"])) == Run("verify", ["a b"])
    assert parsed("undo", b"") == Undo()
    assert parsed("status", b"") == Status()


@pytest.mark.parametrize(
    "name",
    ["PATH", "HOME", "BASH_ENV", "ENV", "LD_PRELOAD", "LD_LIBRARY_PATH", "LISTEN_FDS", "LISTEN_PID", "VIRTUAL_ENV", "IFS"],
)
def test_a_name_that_decides_what_is_started_is_refused(name: str) -> None:
    with pytest.raises(Refused, match=re.escape(f"'variables.{name}' is the droplet's own to set")):
        deploy(**{name: "x"})


def test_a_value_that_no_process_can_have_is_refused_without_being_told() -> None:
    secret = "s3cret"  # noqa: S105
    for value, why in [
        (f"{secret}\0", "holds a NUL"),
        (f"{secret}\ud800", "is not Unicode text"),
        (secret + "x" * 300_000, "Linux takes at most"),
    ]:
        with pytest.raises(Refused, match=why) as told:
            deploy(A=value)
        assert secret not in str(told.value)
    assert deploy(A="x" * (LONGEST - len("A=")))


def test_a_body_that_is_too_large_or_not_an_object_is_one_sentence() -> None:
    for given, why in [
        (b" " * (MOST_BYTES + 1), "is larger than 1000000 bytes"),
        (b"[1]", "is not a JSON object"),
        (b"[" * 100_000, "is not a JSON object"),
        (b"\xff", "is not a JSON object"),
    ]:
        with pytest.raises(Refused, match=why):
            parsed(f"deploy {COMMIT}", given)
