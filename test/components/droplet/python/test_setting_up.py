"""A set-up is ready when all of it is."""

from pathlib import Path

from deploying.place import Place
from deploying.talk import Refused, Talk
from setting_up.attempt import Step, attempt, failure


def test_a_failed_step_is_kept_and_named_and_ready_comes_with_the_last(tmp_path: Path) -> None:
    place = Place(tmp_path, "api.example.org", "team/app", "3.12")
    done: list[str] = []
    broken = True

    def first(_: Place, __: Talk) -> None:
        done.append("first")

    def second(_: Place, talk: Talk) -> None:
        if broken:
            talk.log("E: Unable to locate package nginx\n")
            raise Refused("nginx cannot be installed (status 100): its output is above")
        done.append("second")

    steps: dict[str, Step] = {"first": first, "second": second}
    assert not attempt(steps, place)
    assert not attempt(steps, place)
    failed = failure(place)
    assert failed is not None
    assert failed.attempts == 2
    assert "fails at 'second'" in str(failed)
    assert "Unable to locate package nginx" in str(failed)
    assert not (place.state / "ready").exists()
    broken = False
    assert attempt(steps, place)
    assert (place.state / "ready").exists()
    assert failure(place) is None
    assert done == ["first", "first", "first", "second"]
