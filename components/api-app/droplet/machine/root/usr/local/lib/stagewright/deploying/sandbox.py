"""What the programs of a release may do, beside running as their user. The unit `app@.service` says the same of its processes."""

from collections.abc import Sequence
from pathlib import Path

CONFINED = (
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectClock=yes",
    "ProtectControlGroups=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectProc=invisible",
    "LockPersonality=yes",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "IPAddressDeny=169.254.169.254",
)


def properties(user: str, cwd: Path, writable: Sequence[Path]) -> list[str]:
    """As systemd-run takes them: https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html"""
    own = [f"User={user}", f"Group={user}", "UMask=0022", f"WorkingDirectory={cwd}", "KillMode=control-group"]
    return [*own, "Slice=app.slice", *CONFINED, *(f"ReadWritePaths={folder}" for folder in writable)]
