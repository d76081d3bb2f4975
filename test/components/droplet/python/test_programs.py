"""What root starts."""

import re
from pathlib import Path

import pytest

from conftest import LIBRARY
from deploying.programs import run
from deploying.sandbox import CONFINED
from deploying.talk import Refused, Talk


def test_root_starts_full_paths_in_an_environment_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = tmp_path / "env"
    planted.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    planted.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin")
    monkeypatch.setenv("LD_PRELOAD", "/nowhere.so")
    talk = Talk()
    with pytest.raises(ValueError, match="full paths"):
        run(["env"], talk, "failed")
    lines: list[str] = []
    monkeypatch.setattr(talk, "log", lines.append)
    run(["/usr/bin/env"], talk, "failed")
    assert {line.split("=")[0] for line in lines} == {"PATH", "HOME", "LANG"}
    assert str(tmp_path) not in "".join(lines)
    assert not (tmp_path / "ran").exists()


def test_a_failure_is_the_sentence_with_the_status() -> None:
    with pytest.raises(Refused, match=re.escape("It is over (status 3): its output is above")):
        run(["/bin/sh", "-c", "exit 3"], Talk(), "It is over")


def test_the_unit_of_the_app_confines_it_as_the_steps_of_a_deploy_are() -> None:
    unit = (LIBRARY.parents[3] / "etc/systemd/system/app@.service").read_text().splitlines()
    assert [line for line in CONFINED if line not in unit] == []
