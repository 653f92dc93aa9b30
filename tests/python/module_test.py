"""Runs python/'s tests with the Python that the module was built for (SOJOURN_MODULE_PYTHON)."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
if "SOJOURN_PYTHON_MODULE" not in os.environ:
    print("the Python module was not built: cmake said why (\"Python module: no ...\")")
    sys.exit(77)
python = os.environ["SOJOURN_MODULE_PYTHON"]
missing = subprocess.run([python, "-c", "import pytest, numpy, pandas"], capture_output=True, text=True, check=False).stderr
if missing:
    print(f"{python} lacks what the tests need: {missing.splitlines()[-1]}")
    sys.exit(77)
built = Path(os.environ["SOJOURN_PYTHON_MODULE"]).parent
environment = {**os.environ, "PYTHONPATH": str(built), "PYTHONDONTWRITEBYTECODE": "1"}
sys.exit(subprocess.run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, sorted(HERE.glob("test_*.py")))],
                        env=environment, check=False).returncode)
