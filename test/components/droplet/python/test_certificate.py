"""When Let's Encrypt is asked."""

from pathlib import Path

import pytest

import certificate
from deploying.place import Place
from deploying.talk import Refused, Talk

HOUR = 3600


def test_a_refusal_is_kept_and_the_next_attempt_waits_more_than_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path, "api.example.org", "team/app", "3.12")
    place.state.mkdir(parents=True)
    asked: list[float] = []
    works = False

    def ask(_: Place, talk: Talk) -> None:
        asked.append(0)
        if not works:
            talk.log("Detail: DNS problem: SERVFAIL looking up CAA")
            raise Refused("certbot got no certificate (status 1): its output is above")

    monkeypatch.setattr(certificate, "_points_here", lambda _: True)
    monkeypatch.setattr(certificate, "_ask", ask)
    monkeypatch.setattr(certificate, "_show", lambda *_: None)
    for minute in range(0, 60, 2):
        certificate.look(place, Talk(), now=minute * 60.0)
    assert len(asked) == 1
    told = certificate.problem(place)
    assert told is not None
    assert "SERVFAIL looking up CAA" in told
    assert "1970-01-01T01:15" in told
    works = True
    certificate.look(place, Talk(), now=HOUR * 1.5)
    assert len(asked) == 2
    assert certificate.problem(place) is None


def test_a_name_that_does_not_lead_here_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path, "api.example.org", "team/app", "3.12")
    monkeypatch.setattr(certificate, "_points_here", lambda _: False)
    monkeypatch.setattr(certificate, "_ask", lambda *_: pytest.fail("asked"))
    certificate.look(place, Talk(), now=0)
