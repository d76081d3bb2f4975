"""
The certificate of the API's host name. Until Let's Encrypt has given one, nginx shows one that the droplet signed itself.
certbot's own timer renews it.
"""

import json
import secrets
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from deploying.place import Place
from deploying.programs import SYSTEMCTL, run
from deploying.talk import Refused, Talk

CERTBOT = "/usr/bin/certbot"
#: Let's Encrypt takes five failed validations an hour: https://letsencrypt.org/docs/rate-limits/#authorization-failures-per-hostname-per-account
PAUSE_SECONDS = 75 * 60


def look(place: Place, talk: Talk, now: float | None = None) -> None:
    """Asks for the certificate where the name points here and the last refusal is long enough ago; else says why not."""
    now = time.time() if now is None else now
    refused = _refusal(place)
    if refused is not None and now < refused[0] + PAUSE_SECONDS:
        talk.log(f"{problem(place)}")
        return
    if not _points_here(place):
        talk.log(f"{place.host} does not point here yet: the next look is in two minutes")
        return
    try:
        _ask(place, talk)
    except Refused as error:
        _keep(place, now, f"{error}; the last line of its log: {talk.last[:300]}")
        talk.log(f"{problem(place)}")
        return
    _file(place).unlink(missing_ok=True)
    _show(place, talk)


def problem(place: Place) -> str | None:
    """Why there is no certificate, and when the next attempt is; None where Let's Encrypt has refused nothing."""
    refused = _refusal(place)
    if refused is None:
        return None
    moment, reason = refused
    again = datetime.fromtimestamp(moment + PAUSE_SECONDS, UTC).isoformat(timespec="minutes")
    return f"Let's Encrypt gave no certificate for {place.host} and is asked again after {again}: {reason}"


def _points_here(place: Place) -> bool:
    """Looks for itself under its name, as Let's Encrypt would: what it asks before that would count as a failure."""
    token = secrets.token_hex(16)
    folder = place.root / "var/www/acme/.well-known/acme-challenge"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / token
    file.write_text(token)
    try:
        with urllib.request.urlopen(f"http://{place.host}/.well-known/acme-challenge/{token}", timeout=10) as answer:
            found: bytes = answer.read(64)
            return found == token.encode()
    except (OSError, urllib.error.URLError, ValueError):
        return False
    finally:
        file.unlink()


def _ask(place: Place, talk: Talk) -> None:
    stated = json.loads((place.settings / "server.json").read_text())
    contact = stated.get("contact")
    account = ["--email", contact, "--no-eff-email"] if contact else ["--register-unsafely-without-email"]
    # Another authority where the network has one of its own.
    authority = ["--server", stated["authority"]] if "authority" in stated else []
    way = ["--webroot", "--webroot-path", place.root / "var/www/acme", "--domain", place.host, "--keep-until-expiring"]
    hook = ["--deploy-hook", f"{SYSTEMCTL} reload nginx"]
    command = [CERTBOT, "certonly", "--non-interactive", "--agree-tos", *account, *authority, *way, *hook]
    run(command, talk, "certbot got no certificate")


def _show(place: Place, talk: Talk) -> None:
    for name in ("fullchain.pem", "privkey.pem"):
        link = place.settings / "tls" / name
        new = link.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.symlink_to(place.root / "etc/letsencrypt/live" / place.host / name)
        new.replace(link)
    run(["/usr/sbin/nginx", "-t", "-q"], talk, "nginx does not take the certificate")
    run([SYSTEMCTL, "reload", "nginx"], talk, "nginx cannot read the certificate")
    run([SYSTEMCTL, "disable", "--now", "stagewright-certificate.timer"], talk, "The timer cannot be ended")
    talk.log(f"{place.host} has its certificate")


def _refusal(place: Place) -> tuple[float, str] | None:
    try:
        kept = json.loads(_file(place).read_text())
        return float(kept["moment"]), str(kept["reason"])
    except (OSError, ValueError, KeyError):
        return None


def _keep(place: Place, moment: float, reason: str) -> None:
    _file(place).write_text(json.dumps({"moment": moment, "reason": reason}) + "\n")


def _file(place: Place) -> Path:
    return place.state / "certificate.json"
