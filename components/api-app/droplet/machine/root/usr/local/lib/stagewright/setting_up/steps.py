"""The steps of the set-up, in this order: what keeps people out comes first. Each may be done again at any time."""

import json
import shutil
from pathlib import Path

from deploying.place import APP, BUILD, Place
from deploying.programs import SYSTEMCTL, run
from deploying.talk import Refused, Talk

from .attempt import Step

APT = "/usr/bin/apt-get"
OPENSSL = "/usr/bin/openssl"
#: Debian asks it before it starts a service: https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
POLICY = Path("/usr/sbin/policy-rc.d")
#: Where cloud-init keeps the user data, and what it made of it.
COPIES = ("user-data*", "cloud-config*", "obj.pkl", "vendor-data*", "scripts/*", "boothooks/*", "handlers/*")


def _ssh(place: Place, talk: Talk) -> None:
    _systemctl(talk, "sshd cannot be started", "restart", "ssh.service")


def _packages(place: Place, talk: Talk) -> None:
    wanted = json.loads((place.settings / "server.json").read_text())["packages"]
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
    # What stands in /etc already is the user data's, and is kept.
    apt = [APT, "--quiet", "--yes", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Options::=--force-confold"]
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        # A power loss may have left one half installed.
        run(["/usr/bin/dpkg", "--configure", "-a"], talk, "Half-installed packages cannot be finished", env=quiet)
        run([*apt, "update"], talk, "The lists of packages cannot be fetched", env=quiet)
        failure = f"{', '.join(wanted)} cannot be installed"
        run([*apt, "install", "--no-install-recommends", *wanted], talk, failure, env=quiet)
        run([*apt, "upgrade"], talk, "The packages cannot be brought up to date", env=quiet)
    finally:
        POLICY.unlink(missing_ok=True)


def _firewall(place: Place, talk: Talk) -> None:
    _systemctl(talk, "The firewall cannot be enabled", "enable", "--quiet", "nftables.service")
    _systemctl(talk, "The firewall cannot be set", "restart", "nftables.service")
    if (place.root / "etc/systemd/system/do-agent.service").exists():
        # Under the user that the firewall lets ask the metadata service.
        _systemctl(talk, "The monitoring agent cannot be restarted", "try-restart", "do-agent.service")


def _folders(place: Place, talk: Talk) -> None:
    _folder(place.releases, 0o755)
    _folder(place.root_cache, 0o700)
    _folder(place.root / "var/www/acme", 0o755)
    _folder(place.root / "home/admin", 0o750, "admin")
    _folder(place.home, 0o750, APP)
    _folder(place.build_home, 0o750, BUILD)


def _uv(place: Place, talk: Talk) -> None:
    tools = place.library / "tools"
    run(["/usr/bin/python3", "-I", "-m", "venv", tools], talk, "Python has no virtual environments")
    pins: list[str | Path] = ["--require-hashes", "--requirement", place.library / "uv.txt"]
    run([tools / "bin/pip", "install", "--quiet", *pins], talk, "uv cannot be installed")


def _certificate(place: Place, talk: Talk) -> None:
    """One that the droplet signs itself, so that nginx starts before Let's Encrypt has given one."""
    folder = place.settings / "tls"
    _folder(folder, 0o700)
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    if key.exists() and certificate.exists():
        return
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "365"]
    name = ["-subj", f"/CN={place.host}", "-addext", f"subjectAltName=DNS:{place.host}"]
    files: list[str | Path] = ["-keyout", key, "-out", certificate]
    run([OPENSSL, "req", *kind, *name, *files], talk, "The droplet cannot sign a certificate")


def _nginx(place: Place, talk: Talk) -> None:
    (place.root / "etc/nginx/sites-enabled/default").unlink(missing_ok=True)
    run(["/usr/sbin/nginx", "-t", "-q"], talk, "nginx does not take its configuration")
    _systemctl(talk, "nginx cannot be started", "enable", "--quiet", "nginx.service")
    _systemctl(talk, "nginx cannot be started", "restart", "nginx.service")


def _timers(place: Place, talk: Talk) -> None:
    _systemctl(talk, "systemd cannot read its units", "daemon-reload")
    _systemctl(talk, "The app cannot be enabled", "enable", "--quiet", "app.service")
    timers = [f"stagewright-{name}.timer" for name in ("certificate", "restart", "watch")]
    _systemctl(talk, "The timers cannot be started", "enable", "--quiet", "--now", *timers)


def _logs(place: Place, talk: Talk) -> None:
    _systemctl(talk, "The journal cannot be limited", "restart", "systemd-journald.service")
    if (place.root / "lib/systemd/system/rsyslog.service").exists():
        _systemctl(talk, "rsyslog cannot be switched off", "disable", "--quiet", "--now", "rsyslog.service", "syslog.socket")


def _time(place: Place, talk: Talk) -> None:
    _systemctl(talk, "The time cannot be kept", "enable", "--quiet", "--now", "systemd-timesyncd.service")


def _secrets(place: Place, talk: Talk) -> None:
    """
    cloud-init's copies of the user data hold the droplet's keys. It has done its work and would fetch it anew at each boot, so it
    is switched off: https://docs.cloud-init.io/en/latest/howto/disable_cloud_init.html
    """
    (place.root / "etc/cloud/cloud-init.disabled").touch()
    for instance in (place.root / "var/lib/cloud/instances").glob("*"):
        for copy in (file for pattern in COPIES for file in instance.glob(pattern)):
            copy.unlink() if copy.is_file() else shutil.rmtree(copy)
    for copy in (place.root / "run/cloud-init").glob("instance-data-sensitive*"):
        copy.unlink()


def _all_is_there(place: Place, talk: Talk) -> None:
    for program in ("/usr/sbin/nginx", "/usr/bin/git", "/usr/bin/certbot", "/usr/sbin/nft", place.library / "tools/bin/uv"):
        if not Path(program).exists():
            raise Refused(f"{program} is missing")
    for service in ("ssh.service", "nginx.service", "nftables.service"):
        _systemctl(talk, f"{service} does not run", "is-active", "--quiet", service)


STEPS: dict[str, Step] = {
    "ssh": _ssh,
    "packages": _packages,
    "firewall": _firewall,
    "folders": _folders,
    "uv": _uv,
    "certificate": _certificate,
    "nginx": _nginx,
    "timers": _timers,
    "logs": _logs,
    "time": _time,
    "secrets": _secrets,
    "all is there": _all_is_there,
}


def _folder(path: Path, mode: int, owner: str = "root") -> None:
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(mode)
    shutil.chown(path, owner, owner)


def _systemctl(talk: Talk, failure: str, *arguments: str) -> None:
    run([SYSTEMCTL, *arguments], talk, failure)
