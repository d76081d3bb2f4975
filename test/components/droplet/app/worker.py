import os
import time
from pathlib import Path

Path(os.environ["HOME"], f"worker-{os.getpid()}").write_text(Path("version.txt").read_text())
time.sleep(3600)
