"""The airport's journey is what the survey's data give (SOJOURN_DATA names their folder)."""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])
DATA = os.environ.get("SOJOURN_DATA")

if not DATA or not (Path(DATA) / "airport_survey_2013_2017.csv").exists():
    print("skipped: SOJOURN_DATA does not name a folder with the survey")
    sys.exit(77)
sys.exit(subprocess.run([sys.executable, "-B", str(TOP / "tools" / "derive_airport"), "--check"], check=False).returncode)
