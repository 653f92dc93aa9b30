"""What the module's tests share."""

import json
import os
import subprocess
from pathlib import Path

import pytest

TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])


@pytest.fixture
def at_top(monkeypatch):
    """Tests name files as a user at the top of the tree does."""
    monkeypatch.chdir(TOP)
    return TOP


@pytest.fixture
def program(at_top):
    """The JSON of the program, without what took how long."""

    def run(*arguments):
        done = subprocess.run([os.environ["SOJOURN_PROGRAM"], *map(str, arguments), "--json", "-"], text=True, check=True,
                              capture_output=True, timeout=250)
        document = json.loads(done.stdout)
        document.pop("performance")
        return document

    return run
