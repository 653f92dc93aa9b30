"""What tests of the program as a user meets it share. They run the built program (SOJOURN_PROGRAM)."""

import json
import os
import pty
import shutil
import subprocess
import tempfile
import unicodedata
import unittest
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]
SCENARIOS = Path(os.environ["SOJOURN_SOURCE_DIR"]) / "scenarios"
JOURNEY = str(SCENARIOS / "two_stop" / "journey.yaml")
FASTER = str(SCENARIOS / "two_stop" / "faster.yaml")
SANTA = str(SCENARIOS / "santa" / "journey.yaml")
BENCH = str(SCENARIOS / "santa" / "warm-bench.yaml")
EXCHANGE = str(SCENARIOS / "santa" / "same-day-exchange.yaml")

ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
    if name in os.environ:
        ENVIRONMENT[name] = os.environ[name]


def sojourn(*arguments, variables=None, **options):
    """Runs the program; its output as text."""
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          env={**ENVIRONMENT, **(variables or {})}, **options)


def on_terminal(*arguments, variables=None):
    """What the program writes to a terminal that is 80 columns wide, standard error included."""
    master, slave = pty.openpty()
    with subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=slave, stdout=slave, stderr=slave,
                          env={**ENVIRONMENT, **(variables or {})}) as process:
        os.close(slave)
        output = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            output += piece
        process.wait(timeout=60)
    os.close(master)
    return output.decode()


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def without_performance(text):
    document = json.loads(text)
    del document["performance"]
    return document


class InFolder(unittest.TestCase):
    """Each test has an empty folder and says what may be left in it."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sojourn-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def left(self):
        return sorted(entry.name for entry in self.folder.iterdir())

    def ends(self, code, *arguments, **options):
        done = sojourn(*arguments, **options)
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        for word in ("terminate called", "Segmentation", "runtime error", "std::", "Aborted"):
            self.assertNotIn(word, done.stderr)
        return done
