"""Finds what a droplet runs."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
LIBRARY = ROOT / "components/api-app/droplet/machine/root/usr/local/lib/stagewright"
sys.dont_write_bytecode = True
sys.path.insert(0, str(LIBRARY))
