"""How long and how large a request may be: nginx, gunicorn and systemd are told the same."""

from dataclasses import dataclass

from .place import Place
from .programs import SYSTEMCTL, run
from .talk import Talk

NGINX = "/usr/sbin/nginx"


@dataclass(frozen=True)
class Limits:
    #: How long the app may work on a request before it is ended.
    request_seconds: int = 30
    #: How long a process may take to end what it does.
    stop_seconds: int = 60
    #: How large the body of a request may be.
    upload_megabytes: int = 100

    @property
    def gunicorn(self) -> str:
        """https://docs.gunicorn.org/en/stable/settings.html#timeout"""
        return f"--timeout {self.request_seconds} --graceful-timeout {self.stop_seconds}"

    def files(self, place: Place) -> dict[str, str]:
        """By their paths. nginx waits a little longer than the app may take, so the answer is the app's own."""
        nginx = f"client_max_body_size {self.upload_megabytes}m;\nproxy_read_timeout {self.request_seconds + 5}s;\n"
        units = f"[Service]\nTimeoutStopSec={self.stop_seconds + 5}\n"
        return {
            str(place.root / "etc/nginx/stagewright/limits.conf"): nginx,
            str(place.root / "etc/systemd/system/app@.service.d/limits.conf"): units,
        }


def apply(limits: Limits, place: Place, talk: Talk) -> None:
    """Leaves what is as it should be."""
    changed = False
    for path, content in limits.files(place).items():
        file = place.root / path
        if file.exists() and file.read_text() == content:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        changed = True
    if changed:
        run([SYSTEMCTL, "daemon-reload"], talk, "systemd does not take the limits")
        run([NGINX, "-t", "-q"], talk, "nginx does not take the limits")
        run([SYSTEMCTL, "reload", "nginx.service"], talk, "nginx cannot be told the limits")
